#include <iostream>
#include <sstream>
#include <iomanip>
#include <string>
using namespace std;
int main(){ stringstream ss; for(int i=0;i<40;i++) ss<<i<<','; cout<<ss.str().size()<<ss.str().substr(0,20)<<'\n'; ss.str(""); ss.clear(); ss<<"1 2 3"; int s=0,t; while(ss>>t)s+=t; cout<<s<<'\n'; ss.str("9 8"); ss.clear(); ss>>t; cout<<t<<ss.str()<<'\n'; ostringstream os; os<<setw(5)<<3<<hex<<255<<string(100,'q'); string o=os.str(); cout<<o<<o.size()<<'\n'; os.str("new"); os<<"X"; cout<<os.str()<<'\n'; ostringstream at("base",ios::ate); at<<"+"; cout<<at.str()<<'\n'; istringstream is("a b"); string w; is>>w; cout<<w; is.str("c d"); is>>w; cout<<w<<is.tellg()<<'\n'; is.seekg(0); is>>w; cout<<w<<'\n'; is.unget(); char c; is.get(c); cout<<c<<'\n'; string line; stringstream multi("l1\nl2\n\nl4"); while(getline(multi,line)) cout<<'['<<line<<']'; cout<<multi.eof()<<'\n'; return 0;}
