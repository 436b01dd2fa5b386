// Classes, virtual calls, templates, iostreams, std::string, static locals.
#include <iomanip>
#include <iostream>
#include <string>

struct Shape { virtual ~Shape() { std::cout << "~"; } virtual double area() const = 0; virtual const char *name() const { return "shape"; } };
struct Square : Shape { double side; explicit Square(double s) : side(s) {} double area() const override { return side * side; } const char *name() const override { return "square"; } };
struct Circle : Shape { double radius; explicit Circle(double r) : radius(r) {} double area() const override { return 3.25 * radius * radius; } };
template <typename T> T largest(const T *values, int count) { T best = values[0]; for (int i = 1; i < count; i++) if (values[i] > best) best = values[i]; return best; }
static int counter() { static int *value = new int(40); return ++*value; }
struct Global { Global() { std::cout << "begin\n"; } ~Global() { std::cout << "end\n"; } } global;

int main() {
  Shape *shapes[] = {new Square(2.5), new Circle(2)};
  for (Shape *shape : shapes) { std::cout << shape->name() << ' ' << std::fixed << std::setprecision(2) << shape->area() << std::endl; delete shape; }
  int numbers[] = {3, 9, -4}; double doubles[] = {0.5, -1.5};
  std::cout << largest(numbers, 3) << ' ' << largest(doubles, 2) << ' ' << counter() << counter() << std::hex << ' ' << 255 << std::dec << '\n';
  std::string text = "hello"; text += ", "; text.append("world"); text.push_back('!');
  std::cout << text << ' ' << text.size() << ' ' << text.substr(7, 5) << ' ' << (text < "help") << '\n';
  int a, b; std::cin >> a >> b; std::cerr << "sum\n"; std::cout << std::setw(6) << a + b << '|' << true << '\n';
  return a;
}
