/* SPDX-License-Identifier: MIT */
/* What every unit test includes first: cmocka and what it wants before. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

/* Whether a tool that needs more than the program watches this test. */
#ifdef SANITIZED
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif
#define IS_WATCHED (IS_SANITIZED || RUNNING_ON_VALGRIND)

/* Ends a test that cannot be here, and says why. Not by cmocka's skip(): its
 * line begins with "not ok", which automake takes for a failure. */
#define LEAVE_OUT(why)                                                         \
    do {                                                                       \
        print_message("# left out: %s\n", (why));                              \
        return;                                                                \
    } while (0)

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#endif
