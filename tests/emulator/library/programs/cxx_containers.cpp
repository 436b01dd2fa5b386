#include <iostream>
#include <iomanip>
#include <string>
#include <vector>
#include <map>
#include <sstream>
#include <algorithm>
#include <list>
#include <unordered_map>
#include <set>
#include <memory>
#include <numeric>
#include <functional>
using namespace std;
struct A{virtual ~A(){cout<<"~A\n";} virtual int f()=0;}; struct B:A{int v; B(int x):v(x){} int f()override{return v;} ~B(){cout<<"~B\n";}};
struct C:A{int f()override{return 9;}};
template<class T> void show(const T&c){for(auto&x:c)cout<<x<<' ';cout<<endl;}
static string g="global string long enough to allocate";
int main(){ int x; double d; string s; cin>>x>>d>>s; cout<<x<<" "<<d<<" "<<s<<"\n"; getline(cin,s); cout<<"["<<s<<"]\n"; getline(cin,s); cout<<"["<<s<<"]\n";
 cout<<setw(8)<<setprecision(3)<<fixed<<3.14159<<'|'<<left<<setw(8)<<42<<'|'<<right<<setfill('*')<<setw(8)<<-42<<'|'<<internal<<setw(8)<<-42<<'|'<<hex<<showbase<<255<<' '<<uppercase<<255<<' '<<oct<<8<<dec<<noshowbase<<nouppercase<<boolalpha<<true<<false<<noboolalpha<<true<<endl;
 cout<<scientific<<12345.678<<' '<<setprecision(10)<<1e-10<<' '<<defaultfloat<<1e100<<' '<<0.1<<' '<<1.0<<' '<<setprecision(6)<<1234567.0<<' '<<100000.0<<' '<<1e6<<endl;
 cout<<(short)-3<<' '<<3u<<' '<<4l<<' '<<5ul<<' '<<6ll<<' '<<7ull<<' '<<1.5f<<' '<<2.5L<<' '<<'c'<<' '<<(unsigned char)'u'<<' '<<(void*)0<<' '<<(void*)0x1234<<' '<<nullptr<<'\n';
 cout<<showpos<<5<<' '<<2.5<<noshowpos<<showpoint<<' '<<2.0<<noshowpoint<<endl;
 vector<int> v{1,2,3}; for(int i=0;i<20;i++)v.push_back(i*7%11); sort(v.begin(),v.end()); show(v); cout<<accumulate(v.begin(),v.end(),0)<<endl;
 map<string,int> m; m["one"]=1; m["two"]=2; m["three"]=3; for(auto&p:m)cout<<p.first<<"="<<p.second<<"\n"; m.erase("two"); cout<<m.size()<<m.count("two")<<endl;
 map<int,int> mm; for(int i=0;i<50;i++)mm[(i*37)%101]=i; for(int i=0;i<50;i+=3)mm.erase((i*37)%101); for(auto&p:mm)cout<<p.first<<":"<<p.second<<" "; cout<<endl; for(auto it=mm.rbegin();it!=mm.rend();++it)cout<<it->first<<" "; cout<<endl;
 unordered_map<int,int> u; for(int i=0;i<30;i++)u[i*13]=i; for(auto&p:u)cout<<p.first<<":"<<p.second<<" "; cout<<endl;
 unordered_map<string,int> us; us["apple"]=1;us["banana"]=2;us["cherry"]=3;us["a much longer key than the others"]=4; for(auto&p:us)cout<<p.first<<" ";cout<<endl;
 list<int> l{3,1,2}; l.push_front(9); l.sort(); l.reverse(); show(l); l.remove(2); show(l); set<int> st{5,3,8}; show(st);
 stringstream ss; ss<<x<<" "<<d<<" tok"; int y; double e; string t; ss>>y>>e>>t; cout<<y<<e<<t<<ss.eof()<<endl; cout<<ss.str()<<endl;
 istringstream is("1 2 x"); while(is>>x)cout<<x; cout<<is.fail()<<is.eof()<<is.good()<<endl; ostringstream os; os<<setw(5)<<1<<"a"<<hex<<255; cout<<os.str()<<os.str().size()<<endl;
 unique_ptr<A> a(new B(5)); A*p=a.get(); if(dynamic_cast<B*>(p))cout<<"B "<<p->f()<<endl; if(!dynamic_cast<C*>(p))cout<<"not C\n";
 shared_ptr<int> sp=make_shared<int>(3);auto sp2=sp;cout<<*sp<<sp.use_count()<<endl;
 s="hello"; s+=" world"; s+='!'; s.insert(0,">>"); s.erase(1,1); s.replace(0,1,"zz"); cout<<s<<s.size()<<" "<<s.find("wor")<<" "<<(s.find("xyz")==string::npos)<<" "<<s.substr(2,5)<<" "<<s.rfind('l')<<" "<<s.find_first_of("aeiou")<<endl;
 string r(s.rbegin(),s.rend()); cout<<r<<(r<s)<<(r==s)<<r.compare(s)<<endl; cout<<stoi("12")+stol("34")<<" "<<stod("1.5")<<" "<<to_string(42)<<to_string(1.5)<<endl; string big(40,'x'); big.resize(50,'y'); cout<<big<<" "<<big.capacity()<<endl; for(int i=0;i<100;i++)big+=char('a'+i%26); cout<<big<<big.capacity()<<endl; swap(big,s); cout<<s.size()<<big<<endl; cout<<g<<endl;
 function<int(int)> f=[&](int q){return q+y;}; cout<<f(3)<<endl; char buf[32]; cin.getline(buf,32); cout<<buf<<cin.gcount()<<endl; int c; while((c=cin.get())!=EOF)cout<<(char)c; cout<<cin.eof()<<cin.fail()<<endl; cout<<v.at(1)<<endl; cerr<<"bye"<<endl; return 3;}
