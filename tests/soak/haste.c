/* Clocks that run faster, for each program that has this library in LD_PRELOAD.

   HASTE says how many times faster. HASTE_REAL and HASTE_STEADY are both clocks, in nanoseconds, at
   the start of the run: from there on they are fast, and all programs of a run agree on the time.
   Times of files, and those that a program asks the kernel for by itself, stay as they are.

   libfaketime 0.9.10 does this too, but does not know sem_clockwait, by which Python waits with a
   timeout: there it waits for ever. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define LATER 1000000000LL /* seconds: no computer has been up for so long, and 1970 is longer ago */

typedef long long nanoseconds;
static nanoseconds times = 1, began_real, began_steady;

/* Call the function of the C library that one of ours stands before. */
#define REAL(name) ((__typeof__(&name))found(#name, &kept_##name))
#define STANDS_BEFORE(name) static void *kept_##name

static void *found(const char *name, void **kept)
{
    if (!*kept)
        *kept = dlsym(RTLD_NEXT, name);
    return *kept;
}

__attribute__((constructor)) static void begin(void)
{
    const char *said = getenv("HASTE");
    const char *real = getenv("HASTE_REAL"), *steady = getenv("HASTE_STEADY");

    if (!said || !real || !steady || atoll(said) < 1)
        return;
    times = atoll(said);
    began_real = atoll(real);
    began_steady = atoll(steady);
}

static nanoseconds whole(const struct timespec *time)
{
    return time->tv_sec * SECOND + time->tv_nsec;
}

static struct timespec parted(nanoseconds time)
{
    return (struct timespec){time / SECOND, time % SECOND};
}

static int hurries(clockid_t clock)
{
    return clock >= 0 && clock != CLOCK_PROCESS_CPUTIME_ID && clock != CLOCK_THREAD_CPUTIME_ID;
}

static nanoseconds start(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ? began_real : began_steady;
}

/* Give the moment of the true clock at which the fast one will say this. */
static struct timespec moment(clockid_t clock, const struct timespec *time)
{
    nanoseconds from = start(clock);

    return parted(hurries(clock) ? from + (whole(time) - from) / times : whole(time));
}

/* The same, of whichever clock it is. */
static struct timespec some_moment(const struct timespec *time)
{
    return moment(time->tv_sec > LATER ? CLOCK_REALTIME : CLOCK_MONOTONIC, time);
}

static struct timespec shorter(const struct timespec *time)
{
    return parted((whole(time) + times - 1) / times);
}

static int shorter_ms(int time)
{
    return time <= 0 ? time : (int)((time + times - 1) / times);
}

STANDS_BEFORE(clock_gettime);
int clock_gettime(clockid_t clock, struct timespec *now)
{
    int failed = REAL(clock_gettime)(clock, now);

    if (!failed && hurries(clock))
        *now = parted(start(clock) + (whole(now) - start(clock)) * times);
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec time;
    int failed = clock_gettime(CLOCK_REALTIME, &time);

    (void)zone;
    if (!failed)
        *now = (struct timeval){time.tv_sec, time.tv_nsec / 1000};
    return failed;
}

time_t time(time_t *now)
{
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    if (now)
        *now = time.tv_sec;
    return time.tv_sec;
}

STANDS_BEFORE(clock_nanosleep);
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *rest)
{
    struct timespec less = flags & TIMER_ABSTIME ? moment(clock, time) : shorter(time);

    return REAL(clock_nanosleep)(clock, flags, &less, rest);
}

int nanosleep(const struct timespec *time, struct timespec *rest)
{
    int failed = clock_nanosleep(CLOCK_MONOTONIC, 0, time, rest);

    if (failed)
        errno = failed;
    return failed ? -1 : 0;
}

int usleep(useconds_t time)
{
    struct timespec long_one = parted(time * 1000LL);

    return nanosleep(&long_one, NULL);
}

STANDS_BEFORE(poll);
int poll(struct pollfd *files, nfds_t count, int time)
{
    return REAL(poll)(files, count, shorter_ms(time));
}

STANDS_BEFORE(ppoll);
int ppoll(struct pollfd *files, nfds_t count, const struct timespec *time, const sigset_t *mask)
{
    struct timespec less;

    if (time)
        less = shorter(time);
    return REAL(ppoll)(files, count, time ? &less : NULL, mask);
}

STANDS_BEFORE(select);
int select(int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict odd,
           struct timeval *restrict time)
{
    struct timeval less;

    if (time) {
        long long us = (time->tv_sec * 1000000LL + time->tv_usec + times - 1) / times;
        less = (struct timeval){us / 1000000, us % 1000000};
    }
    return REAL(select)(count, in, out, odd, time ? &less : NULL);
}

STANDS_BEFORE(epoll_wait);
int epoll_wait(int file, struct epoll_event *events, int most, int time)
{
    return REAL(epoll_wait)(file, events, most, shorter_ms(time));
}

STANDS_BEFORE(timerfd_settime);
int timerfd_settime(int file, int flags, const struct itimerspec *time, struct itimerspec *before)
{
    struct itimerspec less = {shorter(&time->it_interval), shorter(&time->it_value)};

    if (flags & TFD_TIMER_ABSTIME)
        less.it_value = some_moment(&time->it_value);
    return REAL(timerfd_settime)(file, flags, &less, before);
}

STANDS_BEFORE(sem_timedwait);
int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict time)
{
    struct timespec earlier = moment(CLOCK_REALTIME, time);

    return REAL(sem_timedwait)(semaphore, &earlier);
}

STANDS_BEFORE(sem_clockwait);
int sem_clockwait(sem_t *restrict semaphore, clockid_t clock, const struct timespec *restrict time)
{
    struct timespec earlier = moment(clock, time);

    return REAL(sem_clockwait)(semaphore, clock, &earlier);
}

STANDS_BEFORE(pthread_cond_timedwait);
int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict time)
{
    struct timespec earlier = some_moment(time); /* its clock is a secret of the condition's */

    return REAL(pthread_cond_timedwait)(condition, mutex, &earlier);
}

STANDS_BEFORE(pthread_cond_clockwait);
int pthread_cond_clockwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           clockid_t clock, const struct timespec *restrict time)
{
    struct timespec earlier = moment(clock, time);

    return REAL(pthread_cond_clockwait)(condition, mutex, clock, &earlier);
}
