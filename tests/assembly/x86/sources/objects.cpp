// Classes, exceptions, templates, streams, containers.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>
struct Shape { virtual ~Shape() = default; virtual double area() const = 0; };
struct Square : Shape { double side; explicit Square(double s) : side(s) {} double area() const override { return side * side; } };
struct Circle final : Shape { double r; explicit Circle(double x) : r(x) {} double area() const override { return 3.14159 * r * r; } };
double total(const std::vector<std::unique_ptr<Shape>> &shapes) { double t = 0; for (auto &s : shapes) t += s->area(); return t; }
int risky(int x) { if (x > 10) throw std::runtime_error("too big"); return x * 2; }
int guarded(int x) { try { return risky(x); } catch (const std::exception &e) { std::cout << e.what() << std::endl; return -1; } }
std::string join(const std::vector<std::string> &v) { std::string s; for (auto &x : v) { s += x; s += ','; } return s; }
int count(const std::string &text) { std::map<char, int> m; for (char c : text) m[c]++; return (int)m.size(); }
static int once() { static std::string name = "static"; return (int)name.size(); }
int main() { std::vector<int> v{5, 3, 9, 1}; std::sort(v.begin(), v.end()); for (int x : v) std::cout << x << ' '; return once() + guarded(11); }
