/* SPDX-License-Identifier: MIT */
/* Signals to a program under test, and the clock that times what follows. */
#include "tests/play/strike.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The parent of the process that the entry of /proc stands for, or 0. */
static pid_t find_parent(const char *entry)
{
    char path[300], line[512], *end;
    int parent = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%s/stat", entry);
    file = fopen(path, "r");
    if (!file)
        return 0;
    /* The name of the program may hold anything, so look behind it. */
    if (fgets(line, sizeof(line), file) && (end = strrchr(line, ')')))
        sscanf(end + 1, " %*c %d", &parent);
    fclose(file);
    return parent;
}

static pid_t find_child(pid_t parent)
{
    DIR *all = opendir("/proc");
    struct dirent *entry;
    pid_t found = 0;

    while (all && !found && (entry = readdir(all)))
        if (strspn(entry->d_name, "0123456789") > 0 &&
            find_parent(entry->d_name) == parent)
            found = (pid_t)atol(entry->d_name);
    if (all)
        closedir(all);
    return found;
}

bool strike_program(pid_t program, int number)
{
    return program > 0 && kill(program, number) == 0;
}

bool strike_child(pid_t program, int number)
{
    pid_t child = program > 0 ? find_child(program) : 0;

    return child > 0 && kill(child, number) == 0;
}

double strike_clock(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
