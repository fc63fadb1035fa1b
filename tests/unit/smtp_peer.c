/* SPDX-License-Identifier: MIT */
/* An SMTP server that plays a script to one connection. */
#include "tests/unit/smtp_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#define LINE 2048

static bool push(struct peer *peer, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = peer->ssl ? SSL_write(peer->ssl, bytes, (int)length)
                                 : send(peer->fd, bytes, length, MSG_NOSIGNAL);

        if (done <= 0)
            return false;
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

static bool say_line(struct peer *peer, const char *text)
{
    char line[LINE + 2];

    snprintf(line, sizeof(line), "%s\r\n", text);
    return push(peer, line, strlen(line));
}

static bool say_slowly(struct peer *peer, const char *text)
{
    char line[LINE + 2];

    snprintf(line, sizeof(line), "%s\r\n", text);
    for (char *s = line; *s; s++)
        if (!push(peer, s, 1))
            return false;
    return true;
}

static bool drip(struct peer *peer, const char *text)
{
    for (const char *s = text; push(peer, s, 1); s = s[1] ? s + 1 : text)
        poll(NULL, 0, 50);
    return false;
}

/* One sign of a raw text; returns the signs of the script that it took. */
static size_t read_escape(const char *s, char *out)
{
    static const char names[] = "nr0e", bytes[] = "\n\r\0\033";
    const char *name;
    unsigned value;

    *out = *s;
    if (s[0] != '\\' || s[1] == '\0')
        return 1;
    if (s[1] == 'x' && sscanf(s + 2, "%2x", &value) == 1) {
        *out = (char)value;
        return 4;
    }
    name = strchr(names, s[1]);
    if (name)
        *out = bytes[name - names];
    return 2;
}

static bool say_raw(struct peer *peer, const char *text)
{
    char line[LINE];
    size_t length = 0;

    while (*text)
        text += read_escape(text, &line[length++]);
    return push(peer, line, length);
}

static void note(struct peer *peer, const char *line, size_t length)
{
    if (peer->length + length + 2 > sizeof(peer->heard))
        return;
    memcpy(peer->heard + peer->length, line, length);
    peer->length += length;
    peer->heard[peer->length++] = '\n';
    peer->heard[peer->length] = '\0';
}

static bool hear(struct peer *peer, char line[LINE])
{
    size_t length = 0;
    char byte;

    while (length < LINE - 1) {
        ssize_t got = peer->ssl ? SSL_read(peer->ssl, &byte, 1)
                                : recv(peer->fd, &byte, 1, 0);

        if (got <= 0)
            return false;
        if (byte == '\n')
            break;
        line[length++] = byte;
    }
    if (length > 0 && line[length - 1] == '\r')
        length--;
    line[length] = '\0';
    note(peer, line, length);
    return true;
}

static bool hear_like(struct peer *peer, const char *step, const char *prefix)
{
    char line[LINE];

    if (hear(peer, line) && strncasecmp(line, prefix, strlen(prefix)) == 0)
        return true;
    snprintf(peer->missed, sizeof(peer->missed), "%s", step);
    return false;
}

static bool hear_message(struct peer *peer)
{
    char line[LINE];

    while (hear(peer, line))
        if (strcmp(line, ".") == 0)
            return true;
    return false;
}

static bool hold(struct peer *peer)
{
    char line[LINE];

    while (hear(peer, line))
        ;
    return false;
}

static bool start_tls(struct peer *peer)
{
    peer->ssl = SSL_new(peer->context);
    SSL_set_fd(peer->ssl, peer->fd);
    return SSL_accept(peer->ssl) == 1;
}

static bool reset(struct peer *peer)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    return false;
}

static bool flood(struct peer *peer, const char *text)
{
    while (say_line(peer, text))
        ;
    return false;
}

/* What a reader with a buffer of 1,024 bytes takes for two replies. */
static bool say_long(struct peer *peer, const char *code)
{
    char line[LINE];
    int length = snprintf(line, sizeof(line), "%s %01019d", code, 0);

    snprintf(line + length, sizeof(line) - (size_t)length,
             "550 5.1.1 hidden reply %060d", 0);
    return say_line(peer, line);
}

static bool play(struct peer *peer, const char *step)
{
    if (strncmp(step, "S ", 2) == 0)
        return say_line(peer, step + 2);
    if (strncmp(step, "B ", 2) == 0)
        return say_slowly(peer, step + 2);
    if (strncmp(step, "R ", 2) == 0)
        return say_raw(peer, step + 2);
    if (strncmp(step, "C ", 2) == 0)
        return hear_like(peer, step, step + 2);
    if (strncmp(step, "flood ", 6) == 0)
        return flood(peer, step + 6);
    if (strncmp(step, "drip ", 5) == 0)
        return drip(peer, step + 5);
    if (strncmp(step, "long ", 5) == 0)
        return say_long(peer, step + 5);
    if (strcmp(step, "message") == 0)
        return hear_message(peer);
    if (strcmp(step, "tls") == 0)
        return start_tls(peer);
    if (strcmp(step, "hold") == 0)
        return hold(peer);
    if (strcmp(step, "wait") == 0)
        return poll(NULL, 0, 50) == 0;
    if (strcmp(step, "reset") == 0)
        return reset(peer);
    snprintf(peer->missed, sizeof(peer->missed), "what is '%s'?", step);
    return false;
}

static void play_all(struct peer *peer)
{
    char *script = strdup(peer->script), *rest = script, *step;
    int on = 1;

    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    while (script && (step = strsep(&rest, "\n")))
        if (*step && !play(peer, step))
            break;
    free(script);
}

static void *run(void *arg)
{
    struct peer *peer = arg;

    peer->fd = accept(peer->listener, NULL, NULL);
    if (peer->fd < 0)
        return NULL;
    play_all(peer);
    if (peer->ssl)
        SSL_shutdown(peer->ssl);
    SSL_free(peer->ssl);
    close(peer->fd);
    ERR_clear_error();
    OPENSSL_thread_stop();
    return NULL;
}

static int open_port(struct peer *peer)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof(here);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (peer->listener < 0 ||
        bind(peer->listener, (struct sockaddr *)&here, size) < 0 ||
        listen(peer->listener, 1) < 0 ||
        getsockname(peer->listener, (struct sockaddr *)&here, &size) < 0)
        return -1;
    peer->port = ntohs(here.sin_port);
    return 0;
}

int peer_start(struct peer *peer, const char *script, SSL_CTX *context)
{
    memset(peer, 0, sizeof(*peer));
    peer->script = script;
    peer->context = context;
    if (open_port(peer) < 0)
        return -1;
    return pthread_create(&peer->thread, NULL, run, peer) == 0 ? 0 : -1;
}

void peer_stop(struct peer *peer)
{
    /* Wakes a peer that nobody called. */
    shutdown(peer->listener, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->listener);
}

/* --- certificates --------------------------------------------------------- */

static void must(bool fine)
{
    if (fine)
        return;
    ERR_print_errors_fp(stderr);
    abort();
}

static void add_extension(X509 *paper, int id, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, id, value);

    must(extension && X509_add_ext(paper, extension, -1));
    X509_EXTENSION_free(extension);
}

/* A certificate for `name` by `issuer` (NULL: by itself), valid between two
 * distances from now in days. */
static X509 *make_paper(EVP_PKEY *key, const char *name, X509 *issuer,
                        EVP_PKEY *issuer_key, int from, int to)
{
    static long serial = 1;
    X509 *paper = X509_new();
    X509_NAME *subject = X509_NAME_new();

    must(paper && subject && X509_set_version(paper, 2) &&
         ASN1_INTEGER_set(X509_get_serialNumber(paper), ++serial) &&
         X509_time_adj_ex(X509_getm_notBefore(paper), from, 0, NULL) &&
         X509_time_adj_ex(X509_getm_notAfter(paper), to, 0, NULL) &&
         X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    (const unsigned char *)name, -1, -1, 0) &&
         X509_set_subject_name(paper, subject) &&
         X509_set_issuer_name(paper, issuer ? X509_get_subject_name(issuer)
                                            : subject) &&
         X509_set_pubkey(paper, key));
    if (!issuer)
        add_extension(paper, NID_basic_constraints, "critical,CA:TRUE");
    else
        add_extension(paper, NID_subject_alt_name,
                      strcmp(name, "other") == 0
                          ? "DNS:mail.other.example"
                          : "DNS:localhost,IP:127.0.0.1");
    X509_NAME_free(subject);
    must(X509_sign(paper, issuer_key ? issuer_key : key, EVP_sha256()) > 0);
    return paper;
}

static SSL_CTX *make_context(X509 *paper, EVP_PKEY *key)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());

    must(context && SSL_CTX_use_certificate(context, paper) &&
         SSL_CTX_use_PrivateKey(context, key));
    X509_free(paper);
    return context;
}

/* Servers whose certificate is fine and whose TLS is not. */
static void make_odd_contexts(SSL_CTX *contexts[PAPER_COUNT], EVP_PKEY *key,
                              X509 *ca, EVP_PKEY *ca_key)
{
    const int demand = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;

    for (int i = PAPER_OLD_PROTOCOL; i < PAPER_COUNT; i++)
        contexts[i] =
            make_context(make_paper(key, "odd", ca, ca_key, -1, 1), key);
    must(SSL_CTX_set_min_proto_version(contexts[PAPER_OLD_PROTOCOL],
                                       TLS1_VERSION) &&
         SSL_CTX_set_max_proto_version(contexts[PAPER_OLD_PROTOCOL],
                                       TLS1_1_VERSION) &&
         SSL_CTX_set_cipher_list(contexts[PAPER_OLD_PROTOCOL],
                                 "DEFAULT@SECLEVEL=0") &&
         SSL_CTX_set_max_proto_version(contexts[PAPER_ODD_CIPHER],
                                       TLS1_2_VERSION) &&
         SSL_CTX_set_cipher_list(contexts[PAPER_ODD_CIPHER], "AES128-SHA") &&
         SSL_CTX_set_max_proto_version(contexts[PAPER_DEMANDS_1_2],
                                       TLS1_2_VERSION));
    SSL_CTX_set_verify(contexts[PAPER_DEMANDS_1_2], demand, NULL);
    SSL_CTX_set_verify(contexts[PAPER_DEMANDS_1_3], demand, NULL);
}

void papers_make(SSL_CTX *contexts[PAPER_COUNT], char *ca_file, size_t size)
{
    EVP_PKEY *key = EVP_EC_gen("P-256"), *ca_key = EVP_EC_gen("P-256");
    X509 *ca = make_paper(ca_key, "Test CA", NULL, NULL, -2, 2);
    X509 *stranger = make_paper(ca_key, "Stranger CA", NULL, NULL, -2, 2);
    FILE *file;

    contexts[PAPER_GOOD] =
        make_context(make_paper(key, "good", ca, ca_key, -1, 1), key);
    contexts[PAPER_EXPIRED] =
        make_context(make_paper(key, "old", ca, ca_key, -2, -1), key);
    contexts[PAPER_EARLY] =
        make_context(make_paper(key, "early", ca, ca_key, 1, 2), key);
    contexts[PAPER_WRONG_HOST] =
        make_context(make_paper(key, "other", ca, ca_key, -1, 1), key);
    contexts[PAPER_SELF_SIGNED] =
        make_context(make_paper(key, "self", NULL, NULL, -1, 1), key);
    contexts[PAPER_UNKNOWN_ISSUER] =
        make_context(make_paper(key, "lost", stranger, ca_key, -1, 1), key);
    make_odd_contexts(contexts, key, ca, ca_key);

    snprintf(ca_file, size, "/tmp/nollego-ca.XXXXXX");
    file = fdopen(mkstemp(ca_file), "w");
    must(file && PEM_write_X509(file, ca) && fclose(file) == 0);
    X509_free(ca);
    X509_free(stranger);
    EVP_PKEY_free(key);
    EVP_PKEY_free(ca_key);
}

void papers_free(SSL_CTX *contexts[PAPER_COUNT])
{
    for (int i = 0; i < PAPER_COUNT; i++)
        SSL_CTX_free(contexts[i]);
}
