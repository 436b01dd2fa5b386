#define _GNU_SOURCE
#include <stdio.h>
#include <time.h>
#include <string.h>
int main(void){ long ts[]={0,1709211909,951782400,-86400,1735689599,1735603200,1104537600,1230768000,4102444800,1483228800,1199145599};
    char b[400];
    const char*f[]={"%Y-%m-%d %H:%M:%S %a %A %b %B %j %U %W %w %p %P %I %y %C %e %D %F %T %R %r %c %x %X %% %h %u","%V %G %g %s %Z %z [%n%t] %k %l","%-d|%_d|%05d|%^a|%#Z|%-H|%_m|%10Y|%^B|%-I|%_5S|%Ey|%Od|%#p|%#a|%#B|%^p|%10a|%-10a|%010a|%20c|%_20F|%012D|%^c|%-j|%_j|%6j|%-y|%_y|%3u|%03w","%5%|%Q|%5e|%-e|%0e|%_H|%-k|%0k|%+|%-z|%10z|%_10z|%5n|"};
    for(int i=0;i<11;i++){ time_t t=ts[i];
    struct tm*g=gmtime(&t);
    for(int k=0;k<4;k++){ size_t n=strftime(b,sizeof b,f[k],g);
    printf("%zu %s\n",n,b);} char q[64];
    printf("%s%s",asctime_r(g,q),ctime_r(&t,b));
    }
    struct tm x={0};
    printf("%zu\n",strftime(b,5,"%Y-%m",&x));
    return 0;}
