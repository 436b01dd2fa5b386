#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <setjmp.h>
static jmp_buf jb;
static int cmp(const void*a,const void*b){return *(const int*)a-*(const int*)b;}
static void fin(void){puts("bye");}
int main(int argc,char**argv){
 int v[]={5,3,9,-1,7,3}; qsort(v,6,sizeof*v,cmp); for(int i=0;i<6;i++)printf("%d ",v[i]); puts("");
 char*s=malloc(20); strcpy(s,"hello"); strcat(s," world"); printf("%s %zu %c %5.2f %Lf\n",s,strlen(s),s[1],3.14159,1.5L); free(s);
 printf("%f %f %.10g\n",sqrt(2.0),pow(2,0.5),sin(1)); printf("%d %d %d %d %d %d %d %d %d %f %f %f %f %f %f %f %f %f %f\n",1,2,3,4,5,6,7,8,9,1.,2.,3.,4.,5.,6.,7.,8.,9.,10.);
 srand(42); printf("%d %d\n",rand(),rand());
 if(!setjmp(jb)){puts("first");longjmp(jb,3);} else puts("second");
 char line[64]; int a; double d; if(scanf("%d %lf",&a,&d)==2)printf("%d %g\n",a,d); fgets(line,64,stdin); if(fgets(line,64,stdin)) fputs(line,stdout);
 atexit(fin); fprintf(stderr,"err %s\n",argv[0]); long double x=argc*1.25L; printf("%.20Lf\n",x/3); return 7;}
