/* SPDX-License-Identifier: MIT */
/* What every use of libcurl here keeps to, whatever the environment says. */
#ifndef NET_CURL_SAFE_H
#define NET_CURL_SAFE_H

#include <curl/curl.h>

#include "net/fault.h"

/* Only `protocol` ("https"), no redirect, no proxy, no netrc, a connection of
 * its own, certificate and name always checked against `ca_file` alone or,
 * where that is "", against the system's. All must be over in `limit` seconds,
 * which must be over 0. */
void curl_safe_set(CURL *curl, const char *protocol, const char *ca_file,
                   double limit);

/* The fault of the world that a code tells; NONE for success and for all that
 * only we can be at fault for. */
enum fault curl_safe_fault(CURLcode code);

#endif
