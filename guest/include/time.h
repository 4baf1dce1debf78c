// time.h: there is no clock, and time() says so. Import a function of the host's to have one.
#ifndef VMLET_TIME_H
#define VMLET_TIME_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

typedef long time_t;
typedef long clock_t;
struct tm { int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst; };
struct timespec { time_t tv_sec; long tv_nsec; };
#define CLOCKS_PER_SEC 1000000L

// Always -1.
time_t time(time_t *);
clock_t clock(void);
double difftime(time_t, time_t);

#ifdef __cplusplus
}
#endif
#endif
