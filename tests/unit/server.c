/* SPDX-License-Identifier: MIT */
/* A scripted server on loopback. */
#include "tests/unit/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "tests/unit/unit.h"

#define HEARD_MAX 65536
#define LIFE 60 /* seconds; it also ends by a signal */

struct line {
    int fd;
    SSL *tls; /* NULL: in clear */
    int log;
    size_t filled;
    size_t taken; /* what the turns have waited for */
    char heard[HEARD_MAX];
};

static int listen_somewhere(unsigned short *port)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof(here);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, size) != 0 ||
        listen(fd, 8) != 0 ||
        getsockname(fd, (struct sockaddr *)&here, &size) != 0)
        fail_msg("no port to listen on");
    *port = ntohs(here.sin_port);
    return fd;
}

static void add_name(X509 *certificate, const char *name)
{
    char value[128];
    X509_EXTENSION *extension;

    snprintf(value, sizeof(value), "DNS:%s", name);
    extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/* A certificate and the key that it is about. */
struct seal {
    X509 *certificate;
    EVP_PKEY *key;
};

/* Its own issuer, and valid for an hour around now, but not signed yet. */
static struct seal make_seal(const char *name)
{
    struct seal seal = {X509_new(), EVP_EC_gen("P-256")};
    X509_NAME *subject = X509_get_subject_name(seal.certificate);

    ASN1_INTEGER_set(X509_get_serialNumber(seal.certificate), 1);
    X509_set_version(seal.certificate, 2);
    X509_gmtime_adj(X509_getm_notBefore(seal.certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(seal.certificate), 3600);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(seal.certificate, subject);
    X509_set_pubkey(seal.certificate, seal.key);
    return seal;
}

static void sign(const struct seal *seal, const struct seal *by)
{
    X509_set_issuer_name(seal->certificate,
                         X509_get_subject_name(by->certificate));
    X509_sign(seal->certificate, by->key, EVP_sha256());
}

static struct seal make_authority(void)
{
    struct seal seal = make_seal("Authority");
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(
        NULL, NULL, NID_basic_constraints, "critical,CA:TRUE");

    X509_add_ext(seal.certificate, extension, -1);
    X509_EXTENSION_free(extension);
    sign(&seal, &seal);
    return seal;
}

static void release_seal(struct seal *seal)
{
    X509_free(seal->certificate);
    EVP_PKEY_free(seal->key);
}

static void write_trust(int fd, X509 *certificate)
{
    FILE *file = fdopen(dup(fd), "w");

    if (!file || PEM_write_X509(file, certificate) != 1)
        fail_msg("no certificate");
    fclose(file);
}

/* Fresh keys; what a client is to trust is written to `ca`. */
static SSL_CTX *make_tls(const struct identity *identity, int ca)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    struct seal own = make_seal(identity->name);
    struct seal known = make_authority(), stranger = make_authority();
    const struct seal *by[] = {
        [VOUCHER_SELF] = &own,
        [VOUCHER_AUTHORITY] = &known,
        [VOUCHER_STRANGER] = &stranger,
    };
    bool self = identity->voucher == VOUCHER_SELF;

    add_name(own.certificate, identity->name);
    if (identity->expired)
        X509_gmtime_adj(X509_getm_notAfter(own.certificate), -60);
    sign(&own, by[identity->voucher]);
    write_trust(ca, self ? own.certificate : known.certificate);
    if (SSL_CTX_use_certificate(context, own.certificate) != 1 ||
        SSL_CTX_use_PrivateKey(context, own.key) != 1)
        fail_msg("no certificate");
    release_seal(&own);
    release_seal(&known);
    release_seal(&stranger);
    return context;
}

static bool say(struct line *line, const char *bytes, size_t length)
{
    if (line->tls)
        return SSL_write(line->tls, bytes, (int)length) > 0;
    return send(line->fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static bool say_all(struct line *line, const struct turn *turn, int drip)
{
    size_t length = turn->say ? strlen(turn->say) : 0;

    for (size_t i = 0; length > 0 && i < (turn->times ? turn->times : 1); i++) {
        if (drip == 0 && !say(line, turn->say, length))
            return false;
        for (size_t at = 0; drip > 0 && at < length; at++) {
            if (!say(line, turn->say + at, 1))
                return false;
            usleep((useconds_t)drip * 1000);
        }
    }
    return true;
}

/* Reads more; false at the end. What was heard goes to the log as well. */
static bool hear_more(struct line *line)
{
    size_t room = sizeof(line->heard) - 1 - line->filled;
    char *to = line->heard + line->filled;
    ssize_t got = line->tls ? SSL_read(line->tls, to, (int)room)
                            : recv(line->fd, to, room, 0);

    if (got <= 0 || room == 0)
        return false;
    if (write(line->log, to, (size_t)got) != got)
        return false;
    line->filled += (size_t)got;
    line->heard[line->filled] = '\0';
    return true;
}

static bool hear(struct line *line, const char *bytes)
{
    const char *found;

    if (!*bytes)
        return true;
    while (!(found = strstr(line->heard + line->taken, bytes)))
        if (!hear_more(line))
            return false;
    line->taken = (size_t)(found + strlen(bytes) - line->heard);
    return true;
}

static void leave(struct line *line, enum leave how)
{
    struct linger linger = {1, 0};

    if (how == LEAVE_HOLD)
        while (hear_more(line))
            line->filled = 0;
    if (how == LEAVE_RESET)
        setsockopt(line->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    else if (line->tls)
        SSL_shutdown(line->tls);
    SSL_free(line->tls);
    close(line->fd);
}

static void serve(int fd, int log, const struct talk *talk, SSL_CTX *context)
{
    struct line line = {.fd = fd, .log = log};
    bool going = true;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    for (int i = 0; going && i <= TURNS_MAX; i++) {
        const struct turn *turn = &talk->turns[i];

        if (context && i == talk->plain_turns) {
            line.tls = SSL_new(context);
            SSL_set_fd(line.tls, fd);
            going = SSL_accept(line.tls) == 1;
        }
        if (i == TURNS_MAX || (!turn->hear && !turn->say))
            break;
        going = going && (!turn->hear || hear(&line, turn->hear)) &&
                say_all(&line, turn, talk->drip);
    }
    leave(&line, talk->leave);
}

static void serve_all(int port, int log, const struct talk *talks, size_t count,
                      SSL_CTX *context)
{
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed test stops nobody */
    alarm(LIFE);
    for (size_t i = 0;; i = i + 1 < count ? i + 1 : i) {
        int fd = accept(port, NULL, NULL);

        if (fd < 0)
            _exit(1);
        serve(fd, log, &talks[i], context);
    }
}

void server_start(struct server *server, const struct talk *talks, size_t count,
                  const char *name)
{
    struct identity identity = {.name = name};

    server_start_as(server, talks, count, name ? &identity : NULL);
}

void server_start_as(struct server *server, const struct talk *talks,
                     size_t count, const struct identity *identity)
{
    SSL_CTX *context = NULL;
    int port = listen_somewhere(&server->port);

    server->heard = memfd_create("heard", 0);
    server->certificate = memfd_create("certificate", 0);
    assert_true(server->heard >= 0 && server->certificate >= 0);
    snprintf(server->ca, sizeof(server->ca), "/proc/self/fd/%d",
             server->certificate);
    if (identity)
        context = make_tls(identity, server->certificate);
    fflush(NULL);
    server->pid = fork();
    assert_return_code(server->pid, 0);
    if (server->pid == 0)
        serve_all(port, server->heard, talks, count, context);
    SSL_CTX_free(context);
    close(port);
}

void server_heard(const struct server *server, char *out, size_t size)
{
    ssize_t got = pread(server->heard, out, size - 1, 0);

    assert_true(got >= 0);
    out[got] = '\0';
}

void server_stop(struct server *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    close(server->heard);
    close(server->certificate);
}
