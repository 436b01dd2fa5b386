/*: manhattan_distance | easy | structs_by_pointer arithmetic | practice
Return the Manhattan distance between the points p and q: the difference of their x plus the difference of their y, both taken as positive.
= [[0,0],[3,4]] [[3,4],[0,0]] [[1,1],[1,1]] [[-1,-2],[1,2]] [[5,0],[0,5]] [[7,-3],[7,3]]
= [[5,6],[3,3]] [[1,7],[6,2]]
~ (dx <= 0 ?
~ (dy <= 0 ?
*/
struct point {
    int x;
    int y;
};

int manhattan_distance(const struct point *p, const struct point *q)
{
    int dx = p->x - q->x, dy = p->y - q->y;
    return (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
}

/*: move_point | easy | structs_by_pointer
Move the point p by dx and dy.
= [[0,0],1,2] [[5,5],-5,-5] [[1,2],0,0] [[-1,1],1,0] [[2147483646,0],1,-1] [[3,4],0,10]
*/
struct point {
    int x;
    int y;
};

void move_point(struct point *p, int dx, int dy)
{
    p->x += dx;
    p->y += dy;
}

/*: rectangle_area | easy | structs_by_pointer arithmetic
Compute the area of the rectangle r as a long. A rectangle with a width or height that is not positive has area 0.
= [[0,0,3,4]] [[1,2,0,5]] [[1,2,5,-1]] [[9,9,100000,100000]] [[0,0,1,1]] [[-5,-5,-2,-3]] [[0,0,7,0]]
~ r->height < 0)
~ r->width < 0 ||
*/
struct rectangle {
    int x, y;
    int width, height;
};

long rectangle_area(const struct rectangle *r)
{
    if (r->width <= 0 || r->height <= 0)
        return 0;
    return (long)r->width * r->height;
}

/*: rectangle_contains | medium | structs_by_pointer
Return 1 if the point (x, y) lies inside the rectangle r, otherwise 0. The left and top edges belong to it, the right and bottom ones do not.
= [[0,0,10,10],5,5] [[0,0,10,10],0,0] [[0,0,10,10],10,5] [[0,0,10,10],5,10] [[0,0,10,10],-1,5] [[0,0,10,10],5,-1] [[-5,-5,3,3],-3,-3] [[0,0,0,0],0,0] [[2,3,4,5],2,7] [[2,3,4,5],5,3]
*/
struct rectangle {
    int x, y;
    int width, height;
};

int rectangle_contains(const struct rectangle *r, int x, int y)
{
    return x >= r->x && x < r->x + r->width && y >= r->y && y < r->y + r->height;
}

/*: account_deposit | medium | structs_by_pointer arithmetic
Add amount to the balance of the account and count the deposit in its field deposits. If amount is not positive change nothing and return 0, otherwise return 1.
= [[1,0,0],100] [[1,5,50],25] [[1,0,0],0] [[7,2,10],-5] [[9,1,4294967296],4294967296] [[3,65535,1],1]
*/
struct account {
    int number;
    unsigned short deposits;
    long balance;
};

int account_deposit(struct account *account, long amount)
{
    if (amount <= 0)
        return 0;
    account->balance += amount;
    account->deposits++;
    return 1;
}

/*: oldest_person | medium | structs_by_pointer arrays loops
people is an array of n persons. Return the id of the oldest one; among equally old ones the first; -1 if there are none.
= [[1,30,2,40],2] [[],0] [[5,99],1] [[1,40,2,40],2] [[3,50,4,20,6,60],3] [[1,1,2,2,3,3],2] [[8,200,9,100],2] [[4,0],1]
*/
struct person {
    int id;
    unsigned char age;
};

int oldest_person(const struct person *people, int n)
{
    int best = -1;
    for (int i = 0; i < n; i++)
        if (best < 0 || people[i].age > people[best].age)
            best = i;
    return best < 0 ? -1 : people[best].id;
}

/*: add_fractions | hard | structs_by_pointer arithmetic
Add the fractions a and b and store the sum, not reduced, in sum: the numerator is a.n * b.d + b.n * a.d and the denominator a.d * b.d.
= [[1,2],[1,3],[0,0]] [[0,1],[0,1],[5,5]] [[-1,2],[1,2],[0,0]] [[3,4],[5,6],[0,0]] [[1,1],[2,1],[9,9]] [[100000,7],[1,300000],[0,0]]
*/
struct fraction {
    long n;
    long d;
};

void add_fractions(const struct fraction *a, const struct fraction *b, struct fraction *sum)
{
    sum->n = a->n * b->d + b->n * a->d;
    sum->d = a->d * b->d;
}

/*: complex_multiply | medium | structs_by_pointer floating_point
Multiply the complex numbers a and b and store the product in result.
= [[1,2],[3,4],[0,0]] [[0,1],[0,1],[0,0]] [[2,0],[3,0],[9,9]] [[0,0],[5,5],[1,1]] [[-1,0.5],[2,-2],[0,0]] [[1,1],[1,-1],[0,0]]
*/
struct complex {
    double real;
    double imaginary;
};

void complex_multiply(const struct complex *a, const struct complex *b, struct complex *result)
{
    result->real = a->real * b->real - a->imaginary * b->imaginary;
    result->imaginary = a->real * b->imaginary + a->imaginary * b->real;
}

/*: total_price | medium | structs_by_pointer arrays loops floating_point
Return the sum of quantity times price over the n items of an order.
= [[2,1.5,1,10],2] [[],0] [[0,99.5],1] [[3,0.25],1] [[1,1,1,1,1,1],2] [[-1,5,10,0.5],2]
*/
struct item {
    int quantity;
    double price;
};

double total_price(const struct item *items, int n)
{
    double total = 0;
    for (int i = 0; i < n; i++)
        total += items[i].quantity * items[i].price;
    return total;
}

/*: clock_tick | medium | structs_by_pointer
Advance the clock by one second. Seconds and minutes run from 0 to 59, hours from 0 to 23; after 23:59:59 comes 0:00:00.
= [[0,0,0]] [[0,0,59]] [[0,59,59]] [[23,59,59]] [[12,30,30]] [[23,58,59]] [[9,59,58]] [[22,59,59]]
*/
struct clock {
    unsigned char hours, minutes, seconds;
};

void clock_tick(struct clock *clock)
{
    if (++clock->seconds < 60)
        return;
    clock->seconds = 0;
    if (++clock->minutes < 60)
        return;
    clock->minutes = 0;
    if (++clock->hours == 24)
        clock->hours = 0;
}

/*: ring_push | hard | structs_by_pointer arrays
Append value to a ring buffer: store it in slots[(start + count) modulo 8] and count it. If it is full (count is 8) overwrite the oldest value, which is slots[start], and move start on by one place instead. slots has 8 elements.
= [[0,0],{"zeros":8},5] [[0,3],[1,2,3,0,0,0,0,0],4] [[6,3],[7,0,0,0,0,0,5,6],9] [[0,8],[1,2,3,4,5,6,7,8],9] [[7,8],[1,2,3,4,5,6,7,8],-1] [[3,7],[1,2,0,4,5,6,7,8],3]
*/
struct ring {
    int start;
    int count;
};

void ring_push(struct ring *ring, int *slots, int value)
{
    if (ring->count == 8) {
        slots[ring->start] = value;
        ring->start = (ring->start + 1) % 8;
    } else {
        slots[(ring->start + ring->count) % 8] = value;
        ring->count++;
    }
}

/*: swap_endpoints | easy | structs_by_pointer
Exchange the start and the end of the segment s, so that it runs the other way.
= [[1,2,3,4]] [[0,0,0,0]] [[-1,5,7,-9]] [[1,1,2,2]] [[100,0,0,100]] [[5,6,5,6]]
*/
struct segment {
    short start_x, start_y;
    short end_x, end_y;
};

void swap_endpoints(struct segment *s)
{
    short x = s->start_x, y = s->start_y;
    s->start_x = s->end_x;
    s->start_y = s->end_y;
    s->end_x = x;
    s->end_y = y;
}
