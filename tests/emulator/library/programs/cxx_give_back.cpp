#include <iostream>
#include <string>
using namespace std;
int main(){ string s; char c; getline(cin,s); cout<<s<<'\n'; cin.get(c); cout<<c<<'\n'; cin.unget(); getline(cin,s); cout<<s<<'\n'; cin.get(c); cin.putback(c); cout<<(char)cin.peek()<<'\n'; getline(cin,s); cout<<s<<'\n'; return 0;}
