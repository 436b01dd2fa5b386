/*: add_doubles | easy | floating_point arithmetic | practice
Return the sum of the doubles a and b.
= [1.5,2.25] [0,0] [-1,1] [1e300,1e300] [0.1,0.2] [-2.5,-3.5]
*/
double add_doubles(double a, double b)
{
    return a + b;
}

/*: average_of_doubles | easy | floating_point arrays loops | practice
Return the arithmetic mean of the n doubles in x. The mean of nothing is 0.
= [[1,2,3],3] [[],0] [[5.5],1] [[-1,1],2] [[1,2,9],2] [[0.1,0.2,0.3,0.4],4]
*/
double average_of_doubles(const double *x, int n)
{
    if (n <= 0)
        return 0;
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i];
    return sum / n;
}

/*: circle_area | easy | floating_point arithmetic
Compute the area of a circle with radius r; use 3.141592653589793 for pi.
= [1] [0] [2] [0.5] [100] [1e-3]
*/
double circle_area(double r)
{
    return 3.141592653589793 * r * r;
}

/*: fahrenheit_to_celsius | easy | floating_point arithmetic
Convert Fahrenheit to Celsius: subtract 32, then multiply by 5 and divide by 9. Everything in double.
= [32] [212] [-40] [0] [98.6] [-459.67]
*/
double fahrenheit_to_celsius(double f)
{
    return (f - 32) * 5 / 9;
}

/*: horner | medium | floating_point arrays loops
Evaluate the polynomial c[0] + c[1] x + c[2] x^2 + ... with n coefficients at x.
= [[1,2,3],3,2] [[],0,5] [[7],1,9] [[1,2,3],3,0] [[1,2,3],2,10] [[0.5,-1.5,2.5,1],4,-1.5]
= [[0.5,0.25],2,0.5]
*/
double horner(const double *c, int n, double x)
{
    double value = 0;
    for (int i = n - 1; i >= 0; i--)
        value = value * x + c[i];
    return value;
}

/*: square_root_newton | hard | floating_point loops
Compute the square root of x (not negative) with Newton's method, without calling the library: start from r = x (or 1 when x is below 1) and replace r by (r + x / r) / 2 sixty times; the root of 0 is 0.
= [0] [1] [2] [9] [0.25] [1e10] [123456.789]
~ double r = x
~ i < 59; i++
~ i < 61; i++
~ i = 1; i < 60
~ i <= 60; i++
~ if (x < 0)
*/
double square_root_newton(double x)
{
    if (x <= 0)
        return 0;
    double r = x < 1 ? 1 : x;
    for (int i = 0; i < 60; i++)
        r = (r + x / r) / 2;
    return r;
}

/*: maximum_of_floats | easy | floating_point arrays loops
Return the largest of the n floats in x (n is at least 1).
= [[1.5,3.5,2.5],3] [[1],1] [[-1.5,-0.5],2] [[0,0],2] [[1,2,3],2] [[3,2,1],3] [[-3.5],1]
~ if (x[i] >= best)
~ for (int i = 0; i < n; i++)
*/
float maximum_of_floats(const float *x, int n)
{
    float best = x[0];
    for (int i = 1; i < n; i++)
        if (x[i] > best)
            best = x[i];
    return best;
}

/*: dot_product_floats | easy | floating_point arrays loops
Compute the dot product of two float vectors of length n in single precision.
= [[1,2,3],[4,5,6],3] [[],[],0] [[0.5],[0.5],1] [[1,-1],[2,2],2] [[1,2,3],[1,1,1],2] [[1.25,2.5],[4,8],2]
*/
float dot_product_floats(const float *a, const float *b, int n)
{
    float sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/*: scale_and_add | medium | floating_point arrays loops
The saxpy operation: for each of the n floats set y[i] to factor * x[i] + y[i].
= [2,[1,2,3],[10,20,30],3] [0,[1],[5],1] [1,[],[],0] [-1,[1,2],[1,2],2] [0.5,[4,8,1],[0,0,7],2] [3,[1],[0.25],1]
*/
void scale_and_add(float factor, const float *x, float *y, int n)
{
    for (int i = 0; i < n; i++)
        y[i] = factor * x[i] + y[i];
}

/*: round_half_up | medium | floating_point
Round x to the nearest whole number as a long; halves go up (towards plus infinity), so 2.5 gives 3 and -2.5 gives -2.
= [2.5] [-2.5] [0] [2.4] [2.6] [-2.6] [-2.4] [1e10] [0.5] [-0.5] [-7]
*/
long round_half_up(double x)
{
    double y = x + 0.5;
    long whole = (long)y;
    return (double)whole > y ? whole - 1 : whole;
}

/*: float_to_int_sum | easy | floating_point arrays loops
Cut each of the n doubles to a whole number (towards zero) and return the sum of these as a long.
= [[1.9,2.9],2] [[],0] [[-1.9],1] [[0.99,-0.99],2] [[1.5,2.5,3.5],2] [[1e9,1e9,1e9,1e9],4]
= [[3e9,1.5],2]
*/
long float_to_int_sum(const double *x, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += (long)x[i];
    return sum;
}

/*: int_to_double_ratio | easy | floating_point arithmetic
Divide the int a by the int b as doubles. When b is zero return 0.
= [1,2] [1,3] [5,0] [-7,2] [0,5] [2147483647,-2147483648] [6,3]
*/
double int_to_double_ratio(int a, int b)
{
    return b == 0 ? 0 : (double)a / b;
}

/*: distance_squared | easy | floating_point arithmetic
Return the square of the distance between the points (x1, y1) and (x2, y2).
= [0,0,3,4] [1,1,1,1] [-1,-1,1,1] [0,0,0,0] [1.5,2.5,0.5,-0.5] [1000,0,0,0]
= [0.5,0.25,0,0]
*/
double distance_squared(double x1, double y1, double x2, double y2)
{
    double dx = x1 - x2, dy = y1 - y2;
    return dx * dx + dy * dy;
}

/*: variance | hard | floating_point arrays loops
Return the variance of n doubles: the mean of the squared differences from their mean. n is at least 1.
= [[1,2,3,4],4] [[5],1] [[1,1,1],3] [[-1,1],2] [[2,4,4,4,5,5,7,9],8] [[1,3,100],2]
= [[1,2],2]
~ sum += (x[i] + mean) * (x[i] - mean);
*/
double variance(const double *x, int n)
{
    double mean = 0, sum = 0;
    for (int i = 0; i < n; i++)
        mean += x[i];
    mean /= n;
    for (int i = 0; i < n; i++)
        sum += (x[i] - mean) * (x[i] - mean);
    return sum / n;
}

/*: exponential_series | medium | floating_point loops
Approximate e to the power x by the first n terms of its series 1 + x + x^2/2! + x^3/3! + ...
= [1,1] [1,2] [1,20] [0,5] [2,3] [-1,15] [1,0] [3.5,8]
*/
double exponential_series(double x, int n)
{
    double sum = 0, term = 1;
    for (int i = 0; i < n; i++) {
        sum += term;
        term = term * x / (i + 1);
    }
    return sum;
}

/*: clamp_to_unit | easy | floating_point
Limit x to the range from 0 to 1.
= [0.5] [-1] [2] [0] [1] [0.001] [0.999] [-1e300]
~ if (x <= 0)
~ return x >= 1 ? 1 : x;
*/
double clamp_to_unit(double x)
{
    if (x < 0)
        return 0;
    return x > 1 ? 1 : x;
}

/*: compound_interest | medium | floating_point loops
Let capital grow by percent per cent a year for the given number of years, interest on interest, and return the result.
= [100,10,1] [100,10,2] [100,0,10] [100,5,0] [0,5,3] [1000,2.5,10] [200,-50,2]
*/
double compound_interest(double capital, double percent, int years)
{
    for (int i = 0; i < years; i++)
        capital += capital * percent / 100;
    return capital;
}

/*: ten_doubles | medium | floating_point
Return a - b + c - d + e - f + g - h + 2i + 3j; two of the ten doubles arrive on the stack.
= [1,1,1,1,1,1,1,1,1,1] [1,2,3,4,5,6,7,8,9,10] [0,0,0,0,0,0,0,0,0,0] [0,0,0,0,0,0,0,0,0.5,0.25] [1.5,0,0,0,0,0,0,0,0,-1] [10,9,8,7,6,5,4,3,2,1] [0,5,0,4,0,3,0,2,0,0] [3,0,7,0,11,0,13,0,0,0]
*/
double ten_doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j)
{
    return a - b + c - d + e - f + g - h + 2 * i + 3 * j;
}

/*: mixed_arguments | hard | floating_point arithmetic
Multiply the ints a and b, add the doubles x and y, and return (a * b) / (x + y) as a double. The arguments come in the order a, x, b, y.
= [6,1,7,2] [0,1,5,1] [-3,0.5,4,1.5] [1,2,3,4] [100000,1,1000,3] [7,-1,2,3]
*/
double mixed_arguments(int a, double x, int b, double y)
{
    return (a * b) / (x + y);
}

/*: is_not_a_number | easy | floating_point
Return 1 if x is NaN (not a number), otherwise 0.
= ["nan"] [0] [1.5] ["inf"] ["-inf"] [-0.5]
*/
int is_not_a_number(double x)
{
    return x != x;
}
