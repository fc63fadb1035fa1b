/* SPDX-License-Identifier: MIT */
/* The marks by which a person and a program find the test mail again. */
#ifndef STEPS_TOKEN_H
#define STEPS_TOKEN_H

#include "net/error.h"
#include "net/request.h"

/* Draws a long token (128 random bits, 32 hex digits) and a short code such as
 * K7Q-4M2, without letters and digits that look alike (0 O 1 I L 5 S 8 B 2 Z
 * U V). Fails only where the system has no randomness. */
int token_draw(char token[TOKEN_MAX], char code[CODE_MAX], struct error *err);

#endif
