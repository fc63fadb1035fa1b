/* SPDX-License-Identifier: MIT */
/* Safe settings of libcurl, and its codes as faults. */
#include "net/curl_safe.h"

#define CONNECT_LIMIT 10.0 /* seconds */

static long milliseconds(double seconds)
{
    return seconds > 0.001 ? (long)(seconds * 1000) : 1;
}

void curl_safe_set(CURL *curl, const char *protocol, const char *ca_file,
                   double limit)
{
    double connect = limit < CONNECT_LIMIT ? limit : CONNECT_LIMIT;

    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocol);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (ca_file[0]) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
        curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    }
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connect));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, milliseconds(limit));
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Else a silent name server holds us past the limit. */
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
#endif
}

enum fault curl_safe_fault(CURLcode code)
{
    static const struct {
        CURLcode code;
        enum fault fault;
    } faults[] = {
        {CURLE_COULDNT_RESOLVE_HOST, FAULT_NAME},
        {CURLE_COULDNT_CONNECT, FAULT_CONNECT},
        {CURLE_SSL_CONNECT_ERROR, FAULT_TLS},
        {CURLE_PEER_FAILED_VERIFICATION, FAULT_TLS},
        {CURLE_SSL_CACERT_BADFILE, FAULT_TLS},
        {CURLE_SSL_ISSUER_ERROR, FAULT_TLS},
        {CURLE_USE_SSL_FAILED, FAULT_FEATURE},
        {CURLE_LOGIN_DENIED, FAULT_AUTH},
        {CURLE_OPERATION_TIMEDOUT, FAULT_TIMEOUT},
        {CURLE_GOT_NOTHING, FAULT_DROPPED},
        {CURLE_SEND_ERROR, FAULT_DROPPED},
        {CURLE_RECV_ERROR, FAULT_DROPPED},
        {CURLE_PARTIAL_FILE, FAULT_DROPPED},
        {CURLE_WRITE_ERROR, FAULT_PROTOCOL},
        {CURLE_UNSUPPORTED_PROTOCOL, FAULT_PROTOCOL},
        {CURLE_WEIRD_SERVER_REPLY, FAULT_PROTOCOL},
        {CURLE_BAD_CONTENT_ENCODING, FAULT_PROTOCOL},
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (faults[i].code == code)
            return faults[i].fault;
    return FAULT_NONE;
}
