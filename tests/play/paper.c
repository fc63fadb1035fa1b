/* SPDX-License-Identifier: MIT */
/* Certificates made on the fly, good and bad, and servers that use them. */
#include "tests/play/paper.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#define HERE "DNS:localhost,IP:127.0.0.1,IP:::1"
#define CHAIN_LENGTH 100

enum issuer {
    BY_AUTHORITY, /* the one that is trusted */
    BY_ITSELF,
    BY_STRANGER,
    BY_STRANGER_SHOWN, /* and the server shows that one too */
    BY_CHAIN           /* many between it and the authority */
};

struct paper {
    const char *name, *subject;
    const char *names; /* subjectAltName, or NULL: none */
    int from, to;      /* days from now */
    enum issuer issuer;
    int rsa_bits; /* 0: an elliptic curve */
    bool sha1;
    int oldest, newest; /* versions of TLS, 0: any */
    const char *ciphers;
    bool demands;     /* a certificate of the client */
    const char *tail; /* stands behind "localhost" and a NUL as its one name */
};

/* clang-format off */
static const struct paper papers[] = {
    {"good", "good", HERE, -1, 1, .issuer = BY_AUTHORITY},
    {"good-1.2", "good", HERE, -1, 1, .newest = TLS1_2_VERSION},
    {"expired", "old", HERE, -2, -1, .issuer = BY_AUTHORITY},
    {"early", "early", HERE, 1, 2, .issuer = BY_AUTHORITY},
    {"wrong-host", "other", "DNS:mail.other.example", -1, 1,
     .issuer = BY_AUTHORITY},
    {"wrong-address", "other", "DNS:localhost,IP:127.0.0.9", -1, 1,
     .issuer = BY_AUTHORITY},
    {"name-only-in-subject", "localhost", NULL, -1, 1,
     .issuer = BY_AUTHORITY},
    {"nul-in-name", "split", NULL, -1, 1, .tail = ".evil.example"},
    {"wildcard", "wild", "DNS:*.peer.example", -1, 1,
     .issuer = BY_AUTHORITY},
    {"self-signed", "self", HERE, -1, 1, .issuer = BY_ITSELF},
    {"unknown-issuer", "lost", HERE, -1, 1, .issuer = BY_STRANGER},
    {"unknown-root", "lost", HERE, -1, 1, .issuer = BY_STRANGER_SHOWN},
    {"long-chain", "far", HERE, -1, 1, .issuer = BY_CHAIN},
    {"weak-key", "weak", HERE, -1, 1, .rsa_bits = 1024,
     .ciphers = "DEFAULT:@SECLEVEL=0"},
    {"weak-digest", "weak", HERE, -1, 1, .sha1 = true,
     .ciphers = "DEFAULT:@SECLEVEL=0"},
    {"tls-1.0", "odd", HERE, -1, 1, .oldest = TLS1_VERSION,
     .newest = TLS1_VERSION, .ciphers = "DEFAULT:@SECLEVEL=0"},
    {"tls-1.1", "odd", HERE, -1, 1, .oldest = TLS1_VERSION,
     .newest = TLS1_1_VERSION, .ciphers = "DEFAULT:@SECLEVEL=0"},
    /* A cipher that an elliptic curve cannot do. */
    {"odd-cipher", "odd", HERE, -1, 1, .newest = TLS1_2_VERSION,
     .ciphers = "AES128-SHA"},
    {"demands-1.2", "odd", HERE, -1, 1, .newest = TLS1_2_VERSION,
     .demands = true},
    {"demands-1.3", "odd", HERE, -1, 1, .oldest = TLS1_3_VERSION,
     .demands = true},
    {"canary", "c4nary-Passw0rd", "DNS:mail.other.example", -1, 1,
     .issuer = BY_AUTHORITY},
};
/* clang-format on */

/* A certificate and the key to sign with it. */
struct identity {
    X509 *paper;
    EVP_PKEY *key;
};

static void must(bool fine)
{
    if (fine)
        return;
    ERR_print_errors_fp(stderr);
    abort();
}

const struct paper *paper_find(const char *name)
{
    for (size_t i = 0; i < sizeof(papers) / sizeof(*papers); i++)
        if (strcmp(papers[i].name, name) == 0)
            return &papers[i];
    return NULL;
}

static void add_extension(X509 *paper, int id, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, id, value);

    must(extension && X509_add_ext(paper, extension, -1));
    X509_EXTENSION_free(extension);
}

/* What only a reader by C's rules takes for "localhost". */
static void add_split_name(X509 *paper, const char *tail)
{
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();
    char bytes[64];
    int length = snprintf(bytes, sizeof(bytes), "localhost%c%s", '\0', tail);

    must(names && name && text && ASN1_STRING_set(text, bytes, length));
    GENERAL_NAME_set0_value(name, GEN_DNS, text);
    must(sk_GENERAL_NAME_push(names, name) > 0 &&
         X509_add1_ext_i2d(paper, NID_subject_alt_name, names, 0, 0) == 1);
    GENERAL_NAMES_free(names);
}

/* Signed by `issuer`, or by itself where that is NULL. */
static void sign(struct identity *identity, const struct identity *issuer,
                 const struct paper *kind, const EVP_MD *digest)
{
    static long serial = 1;
    X509 *paper = identity->paper = X509_new();
    X509_NAME *subject = X509_NAME_new();

    must(paper && subject && X509_set_version(paper, 2) &&
         ASN1_INTEGER_set(X509_get_serialNumber(paper), ++serial) &&
         X509_time_adj_ex(X509_getm_notBefore(paper), kind->from, 0, NULL) &&
         X509_time_adj_ex(X509_getm_notAfter(paper), kind->to, 0, NULL) &&
         X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    (const unsigned char *)kind->subject, -1,
                                    -1, 0) &&
         X509_set_subject_name(paper, subject) &&
         X509_set_issuer_name(
             paper, issuer ? X509_get_subject_name(issuer->paper) : subject) &&
         X509_set_pubkey(paper, identity->key));
    X509_NAME_free(subject);
    if (kind->names)
        add_extension(paper, NID_subject_alt_name, kind->names);
    else if (kind->tail)
        add_split_name(paper, kind->tail);
    else if (kind->issuer == BY_ITSELF)
        add_extension(paper, NID_basic_constraints, "critical,CA:TRUE");
    must(X509_sign(paper, issuer ? issuer->key : identity->key, digest) > 0);
}

/* The issuers have no names to check. */
static void make_authority(struct identity *authority, const char *name,
                           const struct identity *issuer)
{
    const struct paper kind = {
        .subject = name, .from = -2, .to = 2, .issuer = BY_ITSELF};

    authority->key = EVP_EC_gen("P-256");
    must(authority->key != NULL);
    sign(authority, issuer, &kind, EVP_sha256());
}

static void drop(struct identity *identity)
{
    X509_free(identity->paper);
    EVP_PKEY_free(identity->key);
}

static void write_authority(const struct identity *authority,
                            const char *ca_file)
{
    FILE *file = fopen(ca_file, "w");

    must(file && PEM_write_X509(file, authority->paper) && fclose(file) == 0);
}

static void add_to_chain(SSL_CTX *context, const struct identity *issuer)
{
    must(SSL_CTX_add1_chain_cert(context, issuer->paper) == 1);
}

/* Replaces `issuer` by the last of many that it stands above. */
static void lengthen(SSL_CTX *context, struct identity *issuer)
{
    for (int i = 0; i < CHAIN_LENGTH; i++) {
        struct identity next;
        char name[32];

        snprintf(name, sizeof(name), "Between %d", i);
        make_authority(&next, name, issuer);
        drop(issuer);
        *issuer = next;
        add_to_chain(context, issuer);
    }
}

static SSL_CTX *make_context(const struct paper *kind)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());

    must(context && SSL_CTX_set_min_proto_version(context, kind->oldest) &&
         SSL_CTX_set_max_proto_version(context, kind->newest) &&
         (!kind->ciphers || SSL_CTX_set_cipher_list(context, kind->ciphers)));
    if (kind->demands)
        SSL_CTX_set_verify(
            context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    return context;
}

SSL_CTX *paper_make(const struct paper *kind, const char *ca_file)
{
    SSL_CTX *context = make_context(kind);
    struct identity own, issuer;

    make_authority(&issuer, "Test CA", NULL);
    write_authority(&issuer, ca_file);
    if (kind->issuer == BY_STRANGER || kind->issuer == BY_STRANGER_SHOWN) {
        drop(&issuer);
        make_authority(&issuer, "Stranger CA", NULL);
    }
    if (kind->issuer == BY_STRANGER_SHOWN)
        add_to_chain(context, &issuer);
    if (kind->issuer == BY_CHAIN)
        lengthen(context, &issuer);
    own.key = kind->rsa_bits ? EVP_RSA_gen((unsigned)kind->rsa_bits)
                             : EVP_EC_gen("P-256");
    must(own.key != NULL);
    sign(&own, kind->issuer == BY_ITSELF ? NULL : &issuer, kind,
         kind->sha1 ? EVP_sha1() : EVP_sha256());
    must(SSL_CTX_use_certificate(context, own.paper) == 1 &&
         SSL_CTX_use_PrivateKey(context, own.key) == 1);
    drop(&own);
    drop(&issuer);
    return context;
}
