/* SPDX-License-Identifier: MIT */
#include "steps/clock.h"

#include <stdio.h>
#include <time.h>

#include "steps/text.h"

#define MINUTE 60.0
#define HOUR (60 * MINUTE)
#define PRACTICE_PACE                                                          \
    40 /* its waits are so much shorter than the real ones                     \
        */

void clock_write_now(char out[32])
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

double clock_read(const char *time)
{
    struct tm utc = {0};

    if (sscanf(time, "%4d-%2d-%2dT%2d:%2d:%2dZ", &utc.tm_year, &utc.tm_mon,
               &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec) != 6)
        return 0;
    utc.tm_year -= 1900;
    utc.tm_mon--;
    return (double)timegm(&utc);
}

/* Only the first minutes tell nothing: then comes greylisting, which asks for
 * up to 15, then the sender's next tries. */
static enum text_id stage(double passed)
{
    static const struct {
        double until;
        enum text_id id;
    } stages[] = {
        {2 * MINUTE, T_STAGE_FIRST}, {5 * MINUTE, T_STAGE_SOON},
        {15 * MINUTE, T_STAGE_GREY}, {HOUR, T_STAGE_LATE},
        {24 * HOUR, T_STAGE_MISSED},
    };

    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (passed < stages[i].until)
            return stages[i].id;
    return T_STAGE_OVER;
}

static enum text_id reading(double passed)
{
    if (passed < MINUTE)
        return T_CLOCK_MOMENT;
    if (passed < 2 * MINUTE)
        return T_CLOCK_MINUTE;
    return passed < HOUR ? T_CLOCK_MINUTES : T_CLOCK_HOURS;
}

static const char *number(const char *name, const void *arg)
{
    (void)name; /* each of these sentences has one blank */
    return arg;
}

void clock_say(char *out, size_t size, const struct trail *trail,
               const struct settings *settings, double now)
{
    const struct attempt *last = trail_last(trail);
    double sent = last ? clock_read(last->time) : 0;
    double passed = now > sent ? now - sent : 0;
    char digits[24];
    size_t length;

    out[0] = '\0';
    if (sent <= 0)
        return;
    if (settings->practice[0])
        passed *= PRACTICE_PACE;
    snprintf(digits, sizeof digits, "%d",
             (int)(passed / (passed < HOUR ? MINUTE : HOUR)));
    length = text_fill(out, size, text(reading(passed)), number, digits);
    snprintf(out + length, size - length, " %s", text(stage(passed)));
}
