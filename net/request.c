/* SPDX-License-Identifier: MIT */
/* Servers as people type them, and which of them may do without TLS. */
#include "net/request.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "net/utf8.h"

static int parse_port(const char *text)
{
    int port = 0;

    if (*text == '\0')
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        port = port * 10 + (*text - '0');
        if (port > 65535)
            return -1;
    }
    return port > 0 ? port : -1;
}

/* Letters of any script, digits, and the three signs that names have. */
static bool is_name(const char *text, size_t length)
{
    if (length == 0 || length >= HOST_MAX || text[0] == '-' || text[0] == '.')
        return false;
    while (length > 0) {
        unsigned code = 0;
        size_t bytes = utf8_take(text, length, &code);
        bool fits = (code >= 'a' && code <= 'z') ||
                    (code >= 'A' && code <= 'Z') ||
                    (code >= '0' && code <= '9') || code == '-' ||
                    code == '.' || code == '_' || code > 0xa0;

        if (bytes == 0 || !fits)
            return false;
        text += bytes;
        length -= bytes;
    }
    return true;
}

static bool is_ipv6(const char *text, size_t length)
{
    char host[INET6_ADDRSTRLEN];
    struct in6_addr address;

    if (length >= sizeof(host))
        return false;
    memcpy(host, text, length);
    host[length] = '\0';
    return inet_pton(AF_INET6, host, &address) == 1;
}

/* Where the host stands in `text` and what follows it; false: nowhere. */
static bool find_host(const char *text, const char **host, size_t *length,
                      const char **rest)
{
    if (text[0] == '[') {
        const char *end = strchr(text, ']');

        if (!end || !is_ipv6(text + 1, (size_t)(end - text - 1)))
            return false;
        *host = text + 1;
        *length = (size_t)(end - text - 1);
        *rest = end + 1;
        return true;
    }
    *host = text;
    *length = strlen(text);
    *rest = text + *length;
    if (is_ipv6(text, *length))
        return true;
    *length = strcspn(text, ":");
    *rest = text + *length;
    return is_name(text, *length);
}

int endpoint_parse(struct endpoint *endpoint, const char *text,
                   struct error *err)
{
    const char *host, *rest;
    size_t length;
    int port = endpoint->port;

    if (!find_host(text, &host, &length, &rest))
        return error_set(err, "no server name or address");
    if (*rest == ':')
        port = parse_port(rest + 1);
    else if (*rest)
        port = -1;
    if (port < 0)
        return error_set(err, "no port from 1 to 65535");
    memcpy(endpoint->host, host, length);
    endpoint->host[length] = '\0';
    endpoint->port = (unsigned short)port;
    return 0;
}

bool endpoint_is_loopback(const struct endpoint *endpoint)
{
    struct in_addr v4;
    struct in6_addr v6;

    if (inet_pton(AF_INET, endpoint->host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, endpoint->host, &v6) == 1)
        return IN6_IS_ADDR_LOOPBACK(&v6);
    return strcasecmp(endpoint->host, "localhost") == 0;
}

int url_check(const char *url, struct error *err)
{
    bool secure = strncasecmp(url, "https://", 8) == 0;
    size_t scheme = secure ? 8 : 7, length;
    struct endpoint endpoint = {.port = 1};
    char authority[HOST_MAX + 16];

    if (!secure && strncasecmp(url, "http://", 7) != 0)
        return error_set(err, "address begins with neither https:// nor "
                              "http://");
    if (strlen(url) >= URL_MAX)
        return error_set(err, "address is longer than %d bytes", URL_MAX - 1);
    for (const char *s = url; *s; s++)
        if (*s <= ' ' || *s >= 0x7f || strchr("\"\\<>@?#", *s))
            return error_set(err, "address holds a sign that it may not");
    length = strcspn(url + scheme, "/");
    if (length >= sizeof(authority))
        return error_set(err, "server name is too long");
    memcpy(authority, url + scheme, length);
    authority[length] = '\0';
    if (endpoint_parse(&endpoint, authority, err) != 0)
        return -1;
    if (!secure && !endpoint_is_loopback(&endpoint))
        return error_set(err, "plain http is only for this machine itself");
    return 0;
}
