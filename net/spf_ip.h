/* SPDX-License-Identifier: MIT */
/* The address of a sending server, as SPF compares and writes it. */
#ifndef NET_SPF_IP_H
#define NET_SPF_IP_H

#include <stdbool.h>
#include <stddef.h>

#include "net/resolver.h"

#define SPF_REVERSE_MAX 80 /* 32 nibbles with dots, ".ip6.arpa" and NUL */

/* Bytes in network order: 4 of IPv4, 16 of IPv6. */
struct spf_ip {
    unsigned char bytes[16];
    size_t size; /* 4 or 16; 0: none */
};

/* Reads an address as it is written. False where it is none; `ip` is all zero
 * then. */
bool spf_ip_read(struct spf_ip *ip, const char *text);

/* The same of a client: an IPv4 one inside IPv6 counts as IPv4 (RFC 7208 5). */
bool spf_ip_parse(struct spf_ip *ip, const char *text);

/* Whether both are of one family and alike in the first `bits`. */
bool spf_ip_matches(const struct spf_ip *a, const struct spf_ip *b,
                    unsigned bits);

/* The address in a record of type A or AAAA. */
struct spf_ip spf_ip_of(enum dns_type type, const struct dns_record *record);

/* The type of record that holds addresses of its family. */
enum dns_type spf_ip_type(const struct spf_ip *ip);

/* Its parts with dots, as the macro i has them (7.3): four decimals, or 32
 * upper-case nibbles. */
void spf_ip_dotted(char out[SPF_REVERSE_MAX], const struct spf_ip *ip);

/* As people write it; "" for none. */
void spf_ip_text(char out[SPF_REVERSE_MAX], const struct spf_ip *ip);

/* The name of its PTR records. */
void spf_ip_reverse(char out[SPF_REVERSE_MAX], const struct spf_ip *ip);

#endif
