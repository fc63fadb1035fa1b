/* SPDX-License-Identifier: MIT */
/* Our own faults, as opposed to the world's: a fixed-size sentence. */
#ifndef NET_ERROR_H
#define NET_ERROR_H

/* A lower-case message for administrators and developers, never translated. */
struct error {
    char text[256];
};

/* Writes a message into `err` (which may be NULL) and returns -1, so that a
 * function can end with `return error_set(err, "cannot open '%s'", path);`. */
int error_set(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
