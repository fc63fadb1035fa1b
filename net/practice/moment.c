/* SPDX-License-Identifier: MIT */
/* Moments, written and read. */
#include "net/practice/moment.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed",
                                "Thu", "Fri", "Sat"};

static time_t whole_seconds(double moment)
{
    time_t seconds = (time_t)moment;

    return (double)seconds > moment ? seconds - 1 : seconds;
}

static struct tm parts_of(double moment)
{
    time_t seconds = whole_seconds(moment);
    struct tm parts = {0};

    gmtime_r(&seconds, &parts);
    return parts;
}

void moment_mail(char out[MOMENT_SIZE], double moment)
{
    struct tm t = parts_of(moment);

    snprintf(out, MOMENT_SIZE, "%s, %d %s %d %02d:%02d:%02d +0000",
             days[t.tm_wday], t.tm_mday, months[t.tm_mon], t.tm_year + 1900,
             t.tm_hour, t.tm_min, t.tm_sec);
}

void moment_imap(char out[MOMENT_SIZE], double moment)
{
    struct tm t = parts_of(moment);

    snprintf(out, MOMENT_SIZE, "%2d-%s-%d %02d:%02d:%02d +0000", t.tm_mday,
             months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

void moment_json(char out[MOMENT_SIZE], double moment, int minutes)
{
    struct tm t = parts_of(moment + minutes * 60);
    int ticks = (int)((moment - (double)whole_seconds(moment)) * 1e7);
    char zone[16] = "Z";

    if (minutes)
        snprintf(zone, sizeof(zone), "%c%02d:%02d", minutes < 0 ? '-' : '+',
                 (minutes < 0 ? -minutes : minutes) / 60 % 24,
                 (minutes < 0 ? -minutes : minutes) % 60);
    snprintf(out, MOMENT_SIZE, "%d-%02d-%02dT%02d:%02d:%02d.%07d%s",
             t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min,
             t.tm_sec, ticks, zone);
}

static long day_number(int year, int month, int day)
{
    return year * 10000L + month * 100L + day;
}

long moment_day(double moment)
{
    struct tm t = parts_of(moment);

    return day_number(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

long moment_day_imap(const char *text)
{
    int day, year, end = 0;
    char name[4];

    if (sscanf(text, "%2d-%3[A-Za-z]-%4d%n", &day, name, &year, &end) != 3 ||
        text[end] || day < 1 || day > 31)
        return -1;
    for (int month = 0; month < 12; month++)
        if (strcasecmp(name, months[month]) == 0)
            return day_number(year, month + 1, day);
    return -1;
}

long moment_day_json(const char *text)
{
    int year, month, day;

    if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 ||
        month > 12 || day < 1 || day > 31)
        return -1;
    return day_number(year, month, day);
}
