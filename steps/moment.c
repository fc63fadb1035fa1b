/* SPDX-License-Identifier: MIT */
/* Moments and numbers as people write them. */
#include "steps/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/text.h"

#define MONTHS 12

static bool read_day(struct tm *tm, const char *iso, int *used)
{
    *used = 0;
    if (sscanf(iso, "%4d-%2d-%2d%n", &tm->tm_year, &tm->tm_mon, &tm->tm_mday,
               used) != 3 ||
        tm->tm_mon < 1 || tm->tm_mon > MONTHS)
        return false;
    tm->tm_year -= 1900;
    tm->tm_mon -= 1;
    return true;
}

bool moment_read(struct tm *wall, const char *iso, int zone)
{
    struct tm tm = {0};
    int day = 0, clock = 0;
    time_t when;

    if (!read_day(&tm, iso, &day) ||
        sscanf(iso + day, "T%2d:%2d:%2d%n", &tm.tm_hour, &tm.tm_min, &tm.tm_sec,
               &clock) != 3)
        return false;
    iso += day + clock;
    if (iso[strspn(iso, ".0123456789")] != 'Z')
        return false;
    when = timegm(&tm) + zone;
    return gmtime_r(&when, wall) != NULL;
}

static void write_zone(char out[MOMENT_MAX], int zone)
{
    int minutes = abs(zone) / 60;

    if (zone == 0)
        snprintf(out, MOMENT_MAX, "UTC");
    else
        snprintf(out, MOMENT_MAX, "UTC%c%02d:%02d", zone < 0 ? '-' : '+',
                 minutes / 60, minutes % 60);
}

static void write_clock(char out[MOMENT_MAX], const struct tm *tm)
{
    snprintf(out, MOMENT_MAX, "%02d:%02d:%02d", tm->tm_hour, tm->tm_min,
             tm->tm_sec);
}

/* Name, value, name, value ..., NULL. */
static const char *lookup(const char *name, const void *arg)
{
    const char *const *pairs = arg;

    while (*pairs && strcmp(*pairs, name) != 0)
        pairs += 2;
    return *pairs ? pairs[1] : NULL;
}

static void fill(char out[MOMENT_MAX], enum text_id pattern,
                 const struct tm *tm, const char *clock, const char *zone)
{
    static const enum text_id months[MONTHS] = {
        T_MONTH_JANUARY, T_MONTH_FEBRUARY, T_MONTH_MARCH,
        T_MONTH_APRIL,   T_MONTH_MAY,      T_MONTH_JUNE,
        T_MONTH_JULY,    T_MONTH_AUGUST,   T_MONTH_SEPTEMBER,
        T_MONTH_OCTOBER, T_MONTH_NOVEMBER, T_MONTH_DECEMBER};
    char day[16], year[16];
    const char *const pairs[] = {
        "day",  day,  "month", text(months[tm->tm_mon]),
        "year", year, "clock", clock,
        "zone", zone, NULL};

    snprintf(day, sizeof(day), "%d", tm->tm_mday);
    snprintf(year, sizeof(year), "%d", tm->tm_year + 1900);
    text_fill(out, MOMENT_MAX, text(pattern), lookup, pairs);
}

void moment_text(char out[MOMENT_MAX], const char *iso, int zone)
{
    char clock[MOMENT_MAX], name[MOMENT_MAX];
    struct tm tm;

    if (!moment_read(&tm, iso, zone)) {
        snprintf(out, MOMENT_MAX, "%s", iso);
        return;
    }
    write_clock(clock, &tm);
    write_zone(name, zone);
    fill(out, T_MOMENT, &tm, clock, name);
}

void moment_clock(char out[MOMENT_MAX], const char *iso, int zone)
{
    struct tm tm;

    if (moment_read(&tm, iso, zone))
        write_clock(out, &tm);
    else
        snprintf(out, MOMENT_MAX, "%s", iso);
}

void moment_day(char out[MOMENT_MAX], const char *iso)
{
    struct tm tm = {0};
    int used;

    if (read_day(&tm, iso, &used))
        fill(out, T_MOMENT_DAY, &tm, NULL, NULL);
    else
        snprintf(out, MOMENT_MAX, "%s", iso);
}

void moment_seconds(char out[MOMENT_MAX], double seconds)
{
    char *point;

    snprintf(out, MOMENT_MAX, "%.3g", seconds);
    point = strchr(out, '.');
    if (point)
        *point = *text(T_MOMENT_DECIMAL);
}
