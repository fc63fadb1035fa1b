/* SPDX-License-Identifier: MIT */
/* Addresses of servers: what is let through, libcurl understands the same way,
 * so that no key goes in clear to another machine. */
#include <curl/curl.h>
#include <strings.h>

#include "net/request.h"
#include "tests/fuzz/fuzz.h"

static void check_host(const char *part, bool secure)
{
    struct endpoint endpoint = {.port = 443};

    HOLDS(endpoint_parse(&endpoint, part, NULL) == 0);
    HOLDS(secure || endpoint_is_loopback(&endpoint));
}

static void check_url(const char *text)
{
    CURLU *url = curl_url();
    char *scheme = NULL, *host = NULL, *user = NULL, *query = NULL;
    CURLUcode code = curl_url_set(url, CURLUPART_URL, text, 0);

    /* What libcurl does not take never leaves. */
    if (code == CURLUE_OK) {
        HOLDS(curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK);
        HOLDS(curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK);
        HOLDS(curl_url_get(url, CURLUPART_USER, &user, 0) != CURLUE_OK);
        HOLDS(curl_url_get(url, CURLUPART_QUERY, &query, 0) != CURLUE_OK);
        HOLDS(strcasecmp(scheme, "https") == 0 ||
              strcasecmp(scheme, "http") == 0);
        check_host(host, strcasecmp(scheme, "https") == 0);
    }
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = string_of(data, size);
    struct endpoint endpoint = {.port = 25};

    if (url_check(text, NULL) == 0)
        check_url(text);
    if (endpoint_parse(&endpoint, text, NULL) == 0) {
        HOLDS(endpoint.port != 0 && endpoint.host[0]);
        HOLDS(strlen(endpoint.host) < sizeof(endpoint.host));
    }
    free(text);
    return 0;
}
