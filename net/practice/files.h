/* SPDX-License-Identifier: MIT */
/* Which files may go with a message. */
#ifndef NET_PRACTICE_FILES_H
#define NET_PRACTICE_FILES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

/* Whether each of the "Attachments" of a message object has a name, a content
 * in base64 and the type of something to read; true where there are none. */
bool files_fit(const cJSON *message);

#endif
