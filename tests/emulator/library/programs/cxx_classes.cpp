#include <iostream>
#include <fstream>
#include <string>
#include <vector>
#include <algorithm>
#include <memory>
#include <map>
#include <iomanip>
#include <sstream>
#include <chrono>
#include <cstdio>
using namespace std;
class Account { string owner; double balance; static int count; public: Account(string o,double b):owner(move(o)),balance(b){++count;} virtual ~Account(){--count;} void deposit(double x){balance+=x;} virtual void show(ostream&o=cout)const{o<<left<<setw(10)<<owner<<right<<fixed<<setprecision(2)<<setw(12)<<balance<<'\n';} static int total(){return count;} bool operator<(const Account&r)const{return balance<r.balance;} };
int Account::count=0; class Savings:public Account{double rate;public:Savings(string o,double b,double r):Account(move(o),b),rate(r){} void show(ostream&o)const override{o<<"S:";Account::show(o);} };
template<typename T> class Stack{vector<T> v;public:void push(const T&x){v.push_back(x);}T pop(){T t=v.back();v.pop_back();return t;}bool empty()const{return v.empty();}size_t size()const{return v.size();}};
struct Node{int val;unique_ptr<Node> l,r;Node(int v):val(v){}}; void ins(unique_ptr<Node>&n,int v){if(!n)n=make_unique<Node>(v);else if(v<n->val)ins(n->l,v);else ins(n->r,v);} void walk(const unique_ptr<Node>&n){if(n){walk(n->l);cout<<n->val<<' ';walk(n->r);}}
template<int N> struct Fact{static const long v=N*Fact<N-1>::v;}; template<> struct Fact<0>{static const long v=1;};
class Matrix{vector<vector<double>> d;int n;public:Matrix(int n):d(n,vector<double>(n)),n(n){} double&operator()(int i,int j){return d[i][j];} Matrix operator*(Matrix&o){Matrix r(n);for(int i=0;i<n;i++)for(int j=0;j<n;j++)for(int k=0;k<n;k++)r(i,j)+=d[i][k]*o(k,j);return r;} };
enum class Color{Red,Green}; ostream&operator<<(ostream&o,Color c){return o<<(c==Color::Red?"Red":"Green");}
namespace ns{int f(int x){return x*2;} inline namespace v1{string g(){return "g";}}}
int main(){ ios::sync_with_stdio(false); cin.tie(nullptr);
 vector<unique_ptr<Account>> a; a.push_back(make_unique<Account>("Ann",100.5)); a.push_back(make_unique<Savings>("Bob",2500,0.02)); for(auto&x:a)x->show(cout); cout<<Account::total()<<'\n'; a.clear(); cout<<Account::total()<<'\n';
 Stack<string> s; for(auto w:{"a","bb","ccc"})s.push(w); while(!s.empty())cout<<s.pop()<<s.size()<<' '; cout<<'\n'; unique_ptr<Node> root; for(int v:{5,2,8,1,9,3})ins(root,v); walk(root); cout<<'\n'<<Fact<10>::v<<'\n'; Matrix m(2); m(0,0)=1;m(0,1)=2;m(1,0)=3;m(1,1)=4; Matrix p=m*m; cout<<p(0,0)<<' '<<p(1,1)<<'\n'; cout<<Color::Green<<' '<<ns::f(4)<<ns::g()<<'\n';
 string text="the quick brown fox jumps over the lazy dog the end"; map<string,int> freq; istringstream is(text); string w; while(is>>w)++freq[w]; vector<pair<string,int>> fv(freq.begin(),freq.end()); sort(fv.begin(),fv.end(),[](auto&x,auto&y){return x.second!=y.second?x.second>y.second:x.first<y.first;}); for(auto&[k,v]:fv)cout<<k<<':'<<v<<' '; cout<<'\n';
 cout<<setfill('0')<<setw(5)<<42<<setfill(' ')<<' '<<hex<<showbase<<255<<dec<<noshowbase<<' '<<scientific<<setprecision(3)<<12345.678<<fixed<<' '<<0.1+0.2<<defaultfloat<<' '<<1e21<<' '<<boolalpha<<(1<2)<<'\n'; cout<<setw(6)<<"ab"<<setw(6)<<left<<"cd"<<right<<setw(6)<<'e'<<setw(8)<<3.5<<setw(8)<<true<<'\n'; cout<<1.0f/3<<' '<<1.0/3<<' '<<1.0L/3<<' '<<100000000.0<<' '<<0.00001<<' '<<-0.0<<' '<<(short)-5<<' '<<(unsigned char)'A'<<' '<<(long long)1e18<<' '<<nullptr<<'\n'; int x=255; cout<<oct<<x<<' '<<hex<<uppercase<<x<<nouppercase<<dec<<' '<<&"abc"[0]<<'\n';
 int i; double d; string str; char c; cin>>i>>i>>d>>str; cout<<i<<' '<<d<<' '<<str<<'\n'; cin>>ws; getline(cin,str); cout<<str<<'\n'; cin.get(c); cout<<c; cin.unget(); getline(cin,str); cout<<str<<'\n'; vector<int> nums; for(int k=0;k<3&&cin>>i;k++)nums.push_back(i); for(int n:nums)cout<<n*n<<','; cout<<'\n'; cin>>i; cout<<i<<'\n'; cin>>str; cout<<str<<'\n';
 stringstream ss; ss<<"x="<<5<<" y="<<2.5; cout<<ss.str()<<' '<<ss.str().length()<<'\n'; ss.str(""); ss.clear(); ss<<"1 2 3"; int sum=0,t; while(ss>>t)sum+=t; cout<<sum<<'\n'; auto f=[n=0]()mutable{return ++n;}; f(); cout<<f()<<'\n'; string big(1000,'z'); big.replace(10,5,"REPL"); cout<<big.size()<<big.substr(8,8)<<'\n'; string e="a,b,,c"; size_t pos=0,q; while((q=e.find(',',pos))!=string::npos){cout<<'['<<e.substr(pos,q-pos)<<']';pos=q+1;} cout<<'['<<e.substr(pos)<<"]\n"; cout<<(string("abc")+"def"==string("abcdef"))<<string("b").compare("a")<<("x"+string(3,'y'))<<'\n'; transform(e.begin(),e.end(),e.begin(),::toupper); cout<<e<<'\n'; vector<string> vs={"pear","fig","apple"}; sort(vs.begin(),vs.end()); for(auto&v:vs)cout<<v<<' '; cout<<'\n'; auto it=lower_bound(vs.begin(),vs.end(),"b"); cout<<*it<<'\n'; swap(vs[0],vs[1]); vs.erase(unique(vs.begin(),vs.end()),vs.end()); cout<<vs.front()<<'\n'; cout<<to_string(-1)+to_string(2.5)+to_string(10000000000LL)<<'\n';  cerr<<"done"<<endl; try { } catch(...) {} return 0;}
