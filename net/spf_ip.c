/* SPDX-License-Identifier: MIT */
#include "net/spf_ip.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static void unmap(struct spf_ip *ip)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

    if (ip->size != 16 || memcmp(ip->bytes, mapped, sizeof(mapped)) != 0)
        return;
    memmove(ip->bytes, ip->bytes + 12, 4);
    memset(ip->bytes + 4, 0, 12);
    ip->size = 4;
}

bool spf_ip_read(struct spf_ip *ip, const char *text)
{
    *ip = (struct spf_ip){.size = 0};
    if (inet_pton(AF_INET, text, ip->bytes) == 1)
        ip->size = 4;
    else if (inet_pton(AF_INET6, text, ip->bytes) == 1)
        ip->size = 16;
    return ip->size > 0;
}

bool spf_ip_parse(struct spf_ip *ip, const char *text)
{
    bool read = spf_ip_read(ip, text);

    unmap(ip);
    return read;
}

bool spf_ip_matches(const struct spf_ip *a, const struct spf_ip *b,
                    unsigned bits)
{
    size_t whole = bits / 8;
    unsigned rest = bits % 8;
    unsigned mask = 0xff00u >> rest & 0xff;

    if (a->size != b->size || a->size == 0 || bits > 8 * a->size)
        return false;
    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return false;
    return rest == 0 || ((a->bytes[whole] ^ b->bytes[whole]) & mask) == 0;
}

struct spf_ip spf_ip_of(enum dns_type type, const struct dns_record *record)
{
    struct spf_ip ip = {.size = type == DNS_A ? 4 : 16};

    if (type == DNS_A)
        memcpy(ip.bytes, &record->ip4, 4);
    else
        memcpy(ip.bytes, &record->ip6, 16);
    return ip;
}

enum dns_type spf_ip_type(const struct spf_ip *ip)
{
    return ip->size == 4 ? DNS_A : DNS_AAAA;
}

/* Nibbles, least significant first where `back`. */
static void write_nibbles(char *out, const struct spf_ip *ip, bool back)
{
    for (size_t i = 0; i < 32; i++) {
        size_t at = back ? 31 - i : i;
        unsigned byte = ip->bytes[at / 2];

        out[2 * i] = "0123456789ABCDEF"[at % 2 ? byte & 15 : byte >> 4];
        out[2 * i + 1] = i < 31 ? '.' : '\0';
    }
}

void spf_ip_dotted(char out[SPF_REVERSE_MAX], const struct spf_ip *ip)
{
    if (ip->size == 16)
        write_nibbles(out, ip, false);
    else
        spf_ip_text(out, ip);
}

void spf_ip_text(char out[SPF_REVERSE_MAX], const struct spf_ip *ip)
{
    out[0] = '\0';
    if (ip->size > 0)
        inet_ntop(ip->size == 4 ? AF_INET : AF_INET6, ip->bytes, out,
                  SPF_REVERSE_MAX);
}

void spf_ip_reverse(char out[SPF_REVERSE_MAX], const struct spf_ip *ip)
{
    const unsigned char *b = ip->bytes;
    char nibbles[65];

    if (ip->size == 4) {
        snprintf(out, SPF_REVERSE_MAX, "%u.%u.%u.%u.in-addr.arpa", b[3], b[2],
                 b[1], b[0]);
        return;
    }
    write_nibbles(nibbles, ip, true);
    snprintf(out, SPF_REVERSE_MAX, "%s.ip6.arpa", nibbles);
}
