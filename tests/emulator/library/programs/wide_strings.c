#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include <libgen.h>
#include <pthread.h>
#include <arpa/inet.h>
static int sg(int x){return (x>0)-(x<0);} static int n; static void once(void){n++;}
int main(void){
    wchar_t w[64]=L"wide",v[64];
    wcscat(w,L" string");
    printf("%zu %ls %zu\n",wcslen(w),w,wcsnlen(w,3));
    wcscpy(v,w);
    printf("%d %d %d %d\n",sg(wcscmp(w,v)),sg(wcscmp(L"a",L"b")),sg(wcsncmp(L"abc",L"abd",2)),sg(wcscasecmp(L"ABC",L"abd")));
    printf("%ld %ld %ld %ld\n",(long)(wcschr(w,L's')-w),(long)(wcsrchr(w,L'i')-w),(long)(wcsstr(w,L"str")-w),(long)(wcspbrk(w,L"xyzn")-w));
    printf("%d %zu %zu\n",wcschr(w,L'z')==NULL,wcsspn(w,L"wide"),wcscspn(w,L" "));
    wchar_t t[]=L"a,b;;c",*st;
    for(wchar_t*k=wcstok(t,L",;",&st);k;k=wcstok(NULL,L",;",&st)) printf("<%ls>",k);
    puts("");
    wcsncpy(v,L"abc",6);
    printf("%d %ls\n",v[5],v);
    wcsncat(v,L"defgh",2);
    printf("%ls\n",v);
    wmemset(v,L'x',3);
    printf("%ls %d\n",v,sg(wmemcmp(L"abc",L"abd",3)));
    printf("%ls\n",wmemchr(L"hello",L'l',5));
    wchar_t*d=wcsdup(L"dup");
    printf("%ls\n",d);
    free(d);
    wchar_t*e;
    printf("%ld ",wcstol(L" 123xyz",&e,10));
    printf("%ls ",e);
    printf("%lu %g ",wcstoul(L"ff",NULL,16),wcstod(L"2.5e3q",&e));
    printf("%ls\n",e);
    char b[32];
    printf("%zu %s\n",wcstombs(b,w,32),b);
    printf("%zu %ls\n",mbstowcs(v,"multi",64),v);
    wchar_t c;
    printf("%d ",mbtowc(&c,"q",1));
    printf("%d %d\n",c,wctomb(b,L'z'));
    printf("%d %d %d %d\n",btowc('a'),wctob(L'b'),btowc(EOF)==WEOF,mbsinit(NULL)!=0);
    mbstate_t ms;
    memset(&ms,0,sizeof ms);
    printf("%zu %zu %zu\n",mbrtowc(&c,"r",1,&ms),wcrtomb(b,L'k',&ms),mbrlen("",1,&ms));
    for(int i=0;i<128;i++) printf("%d",(!!iswalpha(i))|(!!iswdigit(i))<<1|(!!iswspace(i))<<2|(!!iswpunct(i))<<3|(!!iswupper(i))<<4|(!!iswxdigit(i))<<5);
    puts("");
    printf("%lc%lc\n",towupper(L'a'),towlower(L'B'));
    printf("%d ",swprintf(v,64,L"%d-%ls-%s-%5.2f",5,L"x","n",1.5));
    printf("%ls ",v);
    printf("%d\n",swprintf(v,3,L"%d",12345));
    char p[]="/usr/lib/",q[]="/usr/lib/",r[]="file",s[]="/";
    printf("%s %s ",basename(p),dirname(q));
    printf("%s %s %s %s\n",basename(r),dirname(r),basename(s),dirname(s));
    printf("%s|%s|%s\n",strsignal(11),strsignal(2),strsignal(15));
    const char*vs[]={"a10","a9","a09","a1","a01","a001","b","","a","1.10","1.9","000","00","01","010","09","0"};
    for(int i=0;i<17;i++)for(int j=0;j<17;j++)printf("%c","-0+"[sg(strverscmp(vs[i],vs[j]))+1]);
    puts("");
    swab("abcdef",b,6);
    b[6]=0;
    puts(b);
    printf("%ld %ld\n",a64l("abc"),a64l("zzzzzz"));
    printf("%s\n",gcvt(3.14159,4,b));
    volatile int h=0x1234;
    printf("%x %x\n",htons(h),htonl(h));
    pthread_mutex_t m=PTHREAD_MUTEX_INITIALIZER;
    printf("%d%d\n",pthread_mutex_lock(&m),pthread_mutex_unlock(&m));
    pthread_once_t o=PTHREAD_ONCE_INIT;
    pthread_once(&o,once);
    pthread_once(&o,once);
    printf("%d\n",n);
    pthread_key_t k;
    pthread_key_create(&k,NULL);
    pthread_setspecific(k,&n);
    printf("%d %d\n",pthread_getspecific(k)==&n,pthread_equal(pthread_self(),pthread_self())!=0);
    return 0;}
