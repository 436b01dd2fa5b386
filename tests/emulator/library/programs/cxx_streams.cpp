#include <iostream>
#include <string>
#include <string_view>
#include <sstream>
#include <algorithm>
#include <array>
#include <deque>
#include <queue>
#include <stack>
#include <tuple>
#include <optional>
#include <iomanip>
#include <cmath>
#include <cstring>
#include <cstdio>
#include <limits>
#include <random>
#include <bitset>
using namespace std;
class Shape{public:virtual double area()const=0;virtual string name()const{return "shape";}virtual ~Shape()=default;};
class Sq:public Shape{double s;public:Sq(double s):s(s){}double area()const override{return s*s;}string name()const override{return "square";}};
class Ci:public Shape{double r;public:Ci(double r):r(r){}double area()const override{return M_PI*r*r;}};
struct L{virtual ~L(){}};struct R1{virtual ~R1(){} int q=5;};struct Both:L,R1{};struct V1:virtual L{};struct V2:virtual L{};struct VV:V1,V2{};
ostream&operator<<(ostream&o,const Shape&s){return o<<s.name()<<"("<<s.area()<<")";}
int fib(int n){static int calls=0; calls++; return n<2?n:fib(n-1)+fib(n-2);}
int main(){ string s="the quick brown fox"; reverse(s.begin(),s.end()); cout<<s<<'\n'; for(auto it=s.rbegin();it!=s.rend();++it)cout<<*it; cout<<'\n'; s.erase(s.begin()); s.erase(s.begin(),s.begin()+2); s.insert(s.begin(),'Q'); s.replace(s.begin(),s.begin()+3,"abc"); cout<<s<<'\n';
 string a="x"+s+"y"; a='c'+a; cout<<a+a<<" "<<(a<s)<<(a!=s)<<'\n'; stringstream ss("10 20 30\nhello world\n"); int x; int sum=0; while(ss>>x)sum+=x; cout<<sum<<ss.fail()<<'\n'; ss.clear(); string w; ss>>w; cout<<w; getline(ss,w); cout<<w<<'\n';
 deque<int> d; for(int i=0;i<200;i++){d.push_back(i);if(i%3==0)d.push_front(-i);} cout<<d.front()<<d.back()<<d.size()<<'\n'; priority_queue<int> pq; for(int v:{3,1,4,1,5,9,2,6})pq.push(v); while(!pq.empty()){cout<<pq.top()<<',';pq.pop();} cout<<'\n';
 stack<string> st; st.push("a"); st.push("b"); cout<<st.top()<<'\n'; auto t=make_tuple(1,2.5,"z"); cout<<get<0>(t)<<get<1>(t)<<get<2>(t)<<'\n'; optional<int> o; cout<<o.has_value()<<o.value_or(7)<<'\n';
 Sq sq(3); Ci ci(1.5); const Shape*sh[]={&sq,&ci}; for(auto p:sh)cout<<*p<<'\n'; cout<<fib(15)<<'\n'; Both b; L*l=&b; if(auto r=dynamic_cast<R1*>(l))cout<<"cross "<<r->q<<'\n'; VV vv; V1*v1=&vv; cout<<(dynamic_cast<V2*>(v1)!=nullptr)<<(dynamic_cast<VV*>(v1)==&vv)<<(dynamic_cast<R1*>(l)!=nullptr)<<'\n';
 cout<<numeric_limits<int>::max()<<' '<<numeric_limits<double>::max()<<' '<<numeric_limits<unsigned long>::max()<<' '<<(double)INFINITY<<' '<<-NAN<<' '<<1/3.0f<<'\n'; mt19937 g(42); cout<<g()<<' '<<g()<<'\n'; uniform_int_distribution<int> u(1,6); cout<<u(g)<<u(g)<<u(g)<<'\n'; bitset<16> bs(0xABC); cout<<bs<<' '<<bs.count()<<'\n'; string_view sv="view of"; cout<<sv.substr(0,4)<<sv.size()<<'\n';
 printf("%s %d\n","mixed",3); cout<<"after"<<endl; puts("x"); cout<<setw(10)<<"r"<<setw(-1)<<"q"<<left<<setw(6)<<"l"<<"|\n"; cout.width(5); cout<<1<<'\n'; cout.precision(3); cout<<3.14159<<'\n'; cout.setf(ios::fixed,ios::floatfield); cout<<2.0<<'\n'; cout.fill('#'); cout<<setw(6)<<7<<'\n'; char buf[8]; cin>>setw(5)>>buf; cout<<buf<<'\n'; int n; if(!(cin>>n)){cout<<"bad\n";cin.clear();cin.ignore(1000,'\n');} bool bb; cin>>noskipws; char c; cin>>c; cout<<c; cin>>skipws; string rest; while(cin>>rest)cout<<"<"<<rest<<">"; cout<<cin.eof()<<'\n'; cerr<<"done\n"; clog<<"log\n"; const char*np=nullptr; cout<<np; cout<<"lost"; cout.clear(); cout<<"ok\n"; array<int,3> ar{1,2,3}; cout<<ar.at(2)<<'\n'; return 0;}
