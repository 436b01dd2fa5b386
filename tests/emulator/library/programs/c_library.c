#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <time.h>
#include <assert.h>
#include <signal.h>
#include <stdint.h>
#include <inttypes.h>
#include <strings.h>
#include <complex.h>
#include <stddef.h>
static void va(const char*f,...){va_list a;va_start(a,f);vprintf(f,a);va_end(a);}
static int cmps(const void*a,const void*b){return strcmp(*(char*const*)a,*(char*const*)b);}
static void h(int s){printf("sig %d\n",s);}
static int sum(int n,...){va_list a;va_start(a,n);int s=0;while(n--)s+=va_arg(a,int);va_end(a);return s;}
_Thread_local int tls=5;
int main(void){
 char b[256]; volatile int z=0; printf("%d %d %d %d\n",atoi("12abc"),atoi("  -7"),atoi(""),atoi("999999999999"));
 printf("%d %ld %d %d\n",abs(-5),labs(-6L),-7/2,-7%2); div_t d=div(-7,2); ldiv_t l=ldiv(-7,2); printf("%d %d %ld %ld\n",d.quot,d.rem,l.quot,l.rem);
 errno=0; char*e; long v=strtol("99999999999999999999",&e,10); printf("%ld %d %s|\n",v,errno==ERANGE,e); v=strtol("0x1fz",&e,0); printf("%ld %s\n",v,e); unsigned long u=strtoul("-1",0,10); printf("%lu\n",u); errno=0; double x=strtod("1e400",&e); printf("%f %d\n",x,errno); errno=0; x=strtod("4e-320xyz",&e); printf("%g %d %s\n",x,errno,e); printf("%a %f %f\n",strtod("0x1.8p3",0),strtod("inf",0),atof("3.25e2"));
 printf("%f %.20Lf\n",strtof("0.1",0),strtold("0.1",0));
 printf("%d %d %d %d %d\n",strcmp("a","c"),strncmp("abc","abd",2),memcmp("a\x80","a\x01",2)>0,strcasecmp("HeLLo","hEllo"),strcmp("","")); printf("%s %s %s\n",strchr("hello",'l'),strrchr("hello",'l'),strstr("hello world","wor")); printf("%zu %zu %zu\n",strspn("aabbc","ab"),strcspn("hello","l"),strnlen("hello",3));
 strcpy(b,"a,b,,c"); for(char*t=strtok(b,",");t;t=strtok(0,","))printf("<%s>",t); puts(""); strcpy(b,"x y"); char*sp=b; printf("%s %s\n",strsep(&sp," "),sp); memset(b,'x',10); b[10]=0; memmove(b+2,b,5); memcpy(b,"AB",2); printf("%s\n",b); strncpy(b,"hi",8); strncat(b,"there",3); printf("%s %zu\n",b,strlen(b)); char*dup=strdup("dup"); printf("%s\n",dup); free(dup); snprintf(b,5,"%s","truncate"); puts(b); printf("%d\n",snprintf(NULL,0,"%d",12345)); sprintf(b,"%05d|%-5d|%+d|%x|%o|%#x|%e|%g|%c|%%|%p|%s",42,42,42,255,8,255,12345.678,0.0001,'c',(void*)0,(char*)0); puts(b);
 for(int c=0;c<128;c+=9)printf("%d%d%d%d%d%d%d%d ",!!isalpha(c),!!isdigit(c),!!isalnum(c),!!isspace(c),!!isupper(c),!!islower(c),!!ispunct(c),!!isxdigit(c)); printf("%c%c\n",toupper('a'),tolower('Z')); va("%d %s %f %Lf %d\n",1,"two",3.0,4.0L,5); va("%d %d %d %d %d %d %d %f %f %f %f %f %f %f %f %f %s\n",1,2,3,4,5,6,7,1.,2.,3.,4.,5.,6.,7.,8.,9.,"end");
 char*w[]={"pear","apple","fig"}; qsort(w,3,sizeof*w,cmps); printf("%s %s %s\n",w[0],w[1],w[2]); char*key="fig"; char**f=bsearch(&key,w,3,sizeof*w,cmps); printf("%s\n",f?*f:"none"); srand(1); printf("%d %d %d\n",rand()%100,rand()%100,rand()%100); signal(SIGUSR1,h); raise(SIGUSR1);
 printf("%.3f %.3f %.3f %.3f %.3f %.3f %.3f %.3f\n",sin(1),cos(1),tan(1),exp(1),log(10),log10(1000),floor(-2.5),ceil(2.1)); printf("%f %f %f %f %f %f %ld\n",fmod(7,3),pow(2,10),round(2.5),trunc(-2.7),hypot(3,4),cbrt(27),lround(2.5)); volatile double neg=-1.0; printf("%f %f %f\n",sqrt(neg),log(neg),pow(neg,0.5)); printf("%f %f %g\n",fmax(1,2),fabs(-3.5),ldexp(1.5,4)); int ex; double m=frexp(10.0,&ex); printf("%g %d\n",m,ex); double ip; m=modf(3.75,&ip); printf("%g %g %d %d %d\n",m,ip,isnan(NAN),isinf(INFINITY),signbit(-0.0)!=0);
 float ff=2.0f; printf("%f %f %f\n",sqrtf(ff),sinf(ff),powf(ff,0.5f)); long double L=1.0L/3; L=L*3+1; printf("%.18Lf %Lg %d %ld\n",L,L*1e10L,(int)L,(long)(L*1000)); double complex cz=3+4*I; printf("%f\n",cabs(cz)); __int128 big=(__int128)1<<100; big/=7; big%=1000000007; printf("%lld\n",(long long)big); printf("%d %d %d\n",__builtin_popcountll(0xff00ff),ffs(8),__builtin_clz(1)); time_t t=86400*365; struct tm*tm=gmtime(&t); strftime(b,100,"%Y-%m-%d %H:%M:%S %a %b %j",tm); puts(b); printf("%s",asctime(tm)); printf("%ld\n",(long)mktime(tm)); 
 FILE*fp=fopen("/tmp/x_lib_test.txt","w"); if(fp){fprintf(fp,"line1\nline2 %d\n",7);fclose(fp);fp=fopen("/tmp/x_lib_test.txt","r"); while(fgets(b,sizeof b,fp))printf("[%s]",b); rewind(fp); int a; fscanf(fp,"line%d",&a); printf("%d %ld %d\n",a,ftell(fp),feof(fp)); fseek(fp,0,SEEK_END); printf("%ld %d\n",ftell(fp),fgetc(fp)); fclose(fp); remove("/tmp/x_lib_test.txt");} fp=fopen("/nonexistent/x","r"); if(!fp)perror("open"); printf("%s\n",strerror(2)); int q; char ws[20]; double dd; printf("%d\n",sscanf("12 abc 3.5","%d %19s %lf",&q,ws,&dd)); printf("%d %s %g\n",q,ws,dd); int c=getchar(); ungetc(c,stdin); while((c=getchar())!=EOF)putchar(c); printf("%d %d %d\n",sum(3,1,2,3),tls,feof(stdin)); int*arr=calloc(4,4); arr=realloc(arr,64); printf("%d\n",arr[0]); free(arr); printf("%s\n",getenv("NOPE_X")?"set":"unset"); printf("%" PRId64 " %zu %hhd %td\n",(int64_t)-5,sizeof b,(char)300,(ptrdiff_t)4); fflush(stdout); return 0;}
