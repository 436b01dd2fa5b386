// Classes, virtual calls, templates, exceptions, lambdas, static initialisation, iostreams, containers.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
struct Shape { virtual ~Shape() = default; virtual double area() const = 0; virtual std::string name() const { return "shape"; } };
struct Square final : Shape { explicit Square(double s) : side(s) {} double area() const override { return side * side; } std::string name() const override { return "square"; } double side; };
struct Circle : virtual Shape { double r = 1; double area() const override { return 3.14159 * r * r; } };
struct Both : Circle { int extra = 4; std::string name() const override { return "both"; } };
template <typename T> T largest(const std::vector<T> &v) { if (v.empty()) throw std::runtime_error("empty"); T best = v[0]; for (const T &x : v) if (best < x) best = x; return best; }
static std::vector<int> primes{2, 3, 5, 7}; std::string greeting = "hello"; thread_local std::string per_thread = "tls"; inline int shared_inline = 5;
namespace { struct Guard { ~Guard() { std::cout << "bye\n"; } } guard; }
int parse(const std::string &s) { try { return std::stoi(s); } catch (const std::invalid_argument &e) { std::cerr << e.what() << std::endl; return -1; } catch (...) { throw; } }
static int counter() { static int n = primes.size(); return ++n; }
int main(int argc, char **argv) {
    std::vector<std::unique_ptr<Shape>> shapes; shapes.emplace_back(new Square(argc)); shapes.emplace_back(new Circle); shapes.emplace_back(new Both);
    double total = 0; for (const auto &s : shapes) { total += s->area(); std::cout << s->name() << ' ' << s->area() << '\n'; }
    std::map<std::string, int> count; for (int i = 0; i < argc; i++) count[argv[i]]++;
    std::sort(primes.begin(), primes.end(), [argc](int a, int b) { return (a ^ argc) > (b ^ argc); });
    if (auto *b = dynamic_cast<Both *>(shapes.back().get())) total += b->extra;
    return static_cast<int>(total) + largest(primes) + parse(greeting) + counter() + (int)per_thread.size() + shared_inline + (int)count.size();
}
