#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <fcntl.h>
#include <unistd.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
int main(void){
    char name[64];
    sprintf(name,"/tmp/posix_test_%d",(int)getpid());
    int fd=open(name,O_RDWR|O_CREAT|O_TRUNC,0644);
    printf("%d\n",fd>2);
    printf("%zd\n",write(fd,"hello world\n",12));
    lseek(fd,6,SEEK_SET);
    char c[20]={0};
    printf("%zd\n",read(fd,c,5));
    puts(c);
    struct stat st;
    int r=fstat(fd,&st);
    printf("%d %ld %d %d\n",r,(long)st.st_size,S_ISREG(st.st_mode),S_ISDIR(st.st_mode));
    printf("%d\n",stat(name,&st));
    r=stat("/nonexistent/x",&st);
    printf("%d %d\n",r,errno==ENOENT);
    memset(c,0,20);
    printf("%zd %s\n",pread(fd,c,5,0),c);
    printf("%zd\n",pwrite(fd,"J",1,0));
    struct iovec v[2]={{c,3},{c+10,3}};
    lseek(fd,0,SEEK_SET);
    printf("%zd %.3s %.3s\n",readv(fd,v,2),c,c+10);
    v[0].iov_base="ab";
    v[0].iov_len=2;
    v[1].iov_base="cd\n";
    v[1].iov_len=3;
    fflush(stdout);
    printf("%zd\n",writev(1,v,2));
    printf("%d\n",ftruncate(fd,4));
    fstat(fd,&st);
    printf("%ld\n",(long)st.st_size);
    printf("%d\n",(fcntl(fd,F_GETFL)&O_ACCMODE)==O_RDWR);
    int d=fcntl(fd,F_DUPFD,0);
    printf("%d\n",d>fd);
    close(d);
    r=close(99);
    printf("%d %d\n",r,errno==EBADF);
    printf("%d\n",fsync(fd));
    close(fd);
    printf("%d\n",access(name,F_OK));
    printf("%d\n",unlink(name));
    printf("%d\n",access(name,F_OK));
    char*m=mmap(0,8192,PROT_READ|PROT_WRITE,MAP_PRIVATE|MAP_ANONYMOUS,-1,0);
    m[5000]=5;
    printf("%d %d\n",m[5000],mprotect(m,4096,PROT_READ));
    printf("%d\n",munmap(m,8192));
    printf("%d %d\n",mmap(0,0,1,0x22,-1,0)==MAP_FAILED,1);
    void*b=sbrk(0);
    printf("%d\n",sbrk(4096)==b);
    *(int*)b=7;
    printf("%d\n",*(int*)b);
    printf("%d\n",brk(b));
    fflush(stdout);
    printf("%ld\n",syscall(SYS_write,1,"raw\n",4));
    struct utsname u;
    printf("%d %s\n",uname(&u),u.sysname);
    printf("%d %d\n",isatty(0),-1);
    r=read(50,c,1);
    printf("%d %d\n",r,errno==EBADF);
    r=write(1,(void*)8,5);
    printf("%d %d\n",r,errno==EFAULT);
    printf("%d\n",umask(022));
    return 0;}
