#define _GNU_SOURCE
#include <stdio.h>
#include <complex.h>
#include <math.h>
#define D(e) do{double complex z_=(e);printf("%.13g %.13g\n",creal(z_)==0?0.0:creal(z_),cimag(z_)==0?0.0:cimag(z_));}while(0)
#define F(e) do{float complex z_=(e);printf("%.6g %.6g\n",crealf(z_)==0?0.0f:crealf(z_),cimagf(z_)==0?0.0f:cimagf(z_));}while(0)
int main(void){ volatile double complex v[]={1+2*I,0.5-0.25*I,-3+4*I,2,3*I,1e-3+1e3*I};
    volatile float complex f;
    for(int i=0;i<6;i++){double complex z=v[i],w=v[(i+1)%6];
    D(z+w);D(z-w);D(z*w);D(z/w);D(csqrt(z));D(clog(z));D(csin(z/100));D(ccos(z/100));D(ctan(z/100));D(csinh(z/100));D(ccosh(z/100));D(ctanh(z/100));D(casin(z));D(cacos(z));D(catan(z));D(casinh(z));D(cacosh(z));D(catanh(z));D(cexp(z/100));D(conj(z));D(cproj(z));D(cpow(z,w/1000));D(clog10(z));
    printf("%.14g %.14g\n",cabs(z),carg(z));
    f=z;
    float complex g=w;
    F(f*g);F(f/g);F(csqrtf(f));F(clogf(f));F(cexpf(f/100));F(conjf(f));F(cpowf(f,g/1000));F(csinf(f/100));
    printf("%.6g %.6g\n",cabsf(f),cargf(f));}
 D((INFINITY+I)*(1+I));
    D((1+I)/(0.0+0*I)==0);
    return 0;}
