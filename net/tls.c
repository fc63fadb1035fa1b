/* SPDX-License-Identifier: MIT */
/* Our own TLS: whom we trust, what is asked of a certificate, and what is wrong
 * with one. */
#include "net/tls.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "net/address.h"
#include "net/utf8.h"

#define NAMES_SHOWN 8

/* What can be wrong with a chain, by OpenSSL's verdict. */
static const struct {
    long code;
    const char *problem;
} chain_problems[] = {
    {X509_V_ERR_CERT_HAS_EXPIRED, "expired"},
    {X509_V_ERR_CERT_NOT_YET_VALID, "not_yet_valid"},
    {X509_V_ERR_HOSTNAME_MISMATCH, "wrong_host"},
    {X509_V_ERR_IP_ADDRESS_MISMATCH, "wrong_host"},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "self_signed"},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "unknown_issuer"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, "unknown_issuer"},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "unknown_issuer"},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, "unknown_issuer"},
    {X509_V_ERR_EE_KEY_TOO_SMALL, "weak"},
    {X509_V_ERR_CA_KEY_TOO_SMALL, "weak"},
    {X509_V_ERR_CA_MD_TOO_WEAK, "weak"},
};

/* What can be wrong with a handshake, by OpenSSL's reason. NULL: its words. */
static const struct {
    int reason;
    const char *problem, *words;
} session_problems[] = {
    {SSL_R_UNSUPPORTED_PROTOCOL, "old_protocol",
     "the server speaks no TLS 1.2 or later"},
    {SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, "old_protocol",
     "the server speaks no TLS 1.2 or later"},
    {SSL_R_WRONG_SSL_VERSION, "old_protocol",
     "the server speaks no TLS 1.2 or later"},
    {SSL_R_WRONG_VERSION_NUMBER, "not_tls", "what the server says is not TLS"},
    {SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE, "no_common_cipher",
     "the server refuses every cipher and key that we offer"},
    {SSL_R_NO_SHARED_CIPHER, "no_common_cipher", NULL},
    {SSL_R_DH_KEY_TOO_SMALL, "weak", NULL},
    {SSL_R_EE_KEY_TOO_SMALL, "weak", NULL},
};

static void say(struct tls *tls, const char *problem, const char *words)
{
    tls->problem = problem;
    utf8_mend(tls->words, sizeof(tls->words), words, strlen(words));
}

/* Keeps the leaf: after a refused chain the session no longer has it. */
static int keep_leaf(int ok, X509_STORE_CTX *store)
{
    SSL *ssl =
        X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct tls *tls = SSL_get_app_data(ssl);
    X509 *leaf = X509_STORE_CTX_get0_cert(store);

    if (!tls->leaf && leaf && X509_up_ref(leaf))
        tls->leaf = leaf;
    return ok;
}

/* We have none to show; what the server makes of that comes as an alert. */
static int note_wish(SSL *ssl, X509 **leaf, EVP_PKEY **key)
{
    struct tls *tls = SSL_get_app_data(ssl);

    (void)leaf, (void)key;
    tls->asked = true;
    return 0;
}

/* OpenSSL's compiled-in places: its own "default paths" ask SSL_CERT_FILE and
 * SSL_CERT_DIR first. */
static bool trust_system(SSL_CTX *context)
{
    bool folder =
        SSL_CTX_load_verify_dir(context, X509_get_default_cert_dir()) == 1;
    bool file =
        SSL_CTX_load_verify_file(context, X509_get_default_cert_file()) == 1;

    return folder || file;
}

int tls_init(struct tls *tls, const char *ca_file)
{
    bool trusted;

    memset(tls, 0, sizeof(*tls));
    tls->context = SSL_CTX_new(TLS_client_method());
    if (!tls->context ||
        !SSL_CTX_set_min_proto_version(tls->context, TLS1_2_VERSION)) {
        say(tls, "setup", "TLS cannot be set up here");
        return -1;
    }
    SSL_CTX_set_verify(tls->context, SSL_VERIFY_PEER, keep_leaf);
    SSL_CTX_set_client_cert_cb(tls->context, note_wish);
    /* Tickets come when they like: reading must not block on them. */
    SSL_CTX_clear_mode(tls->context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(tls->context, SSL_SESS_CACHE_OFF);
    trusted = ca_file[0] ? SSL_CTX_load_verify_file(tls->context, ca_file) == 1
                         : trust_system(tls->context);
    ERR_clear_error();
    if (!trusted) {
        say(tls, "setup", "the certificates of the authorities cannot be read");
        return -1;
    }
    return 0;
}

/* Whom the certificate must name: an address by IP entry, else by DNS entry. */
static bool expect_host(SSL *ssl, const char *host)
{
    X509_VERIFY_PARAM *param = SSL_get0_param(ssl);

    if (X509_VERIFY_PARAM_set1_ip_asc(param, host))
        return true;
    ERR_clear_error();
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(ssl, host) == 1 &&
           SSL_set_tlsext_host_name(ssl, host) == 1;
}

/* Sees what OpenSSL reads, to be able to show what it could not read. */
static long watch_read(BIO *bio, int what, const char *bytes, size_t length,
                       int number, long value, int result, size_t *done)
{
    struct tls *tls = (struct tls *)BIO_get_callback_arg(bio);

    (void)length, (void)number, (void)value;
    if (what == (BIO_CB_READ | BIO_CB_RETURN) && result > 0 && done &&
        tls->first_length == 0) {
        tls->first_length =
            *done < sizeof(tls->first) ? *done : sizeof(tls->first);
        memcpy(tls->first, bytes, tls->first_length);
    }
    return result;
}

int tls_start(struct tls *tls, int fd, const char *host)
{
    char ascii[DOMAIN_TEXT_MAX];
    size_t length = strlen(host);

    if (length > 1 && host[length - 1] == '.')
        length--;
    if (address_to_ascii(ascii, host, length) != ADDRESS_NONE)
        ascii[0] = '\0';
    memcpy(tls->host, ascii, strlen(ascii) + 1);
    tls->ssl = SSL_new(tls->context);
    if (!tls->ssl || !SSL_set_app_data(tls->ssl, tls) || !ascii[0] ||
        !expect_host(tls->ssl, ascii) || !SSL_set_fd(tls->ssl, fd)) {
        say(tls, "setup", "TLS cannot be set up here");
        return -1;
    }
    BIO_set_callback_arg(SSL_get_rbio(tls->ssl), (char *)tls);
    BIO_set_callback_ex(SSL_get_rbio(tls->ssl), watch_read);
    return 0;
}

/* The names that a certificate is for, ", " between. */
static void list_names(const X509 *leaf, char *out, size_t size)
{
    GENERAL_NAMES *names =
        X509_get_ext_d2i(leaf, NID_subject_alt_name, NULL, NULL);
    size_t length = 0;

    out[0] = '\0';
    for (int i = 0; i < sk_GENERAL_NAME_num(names) && i < NAMES_SHOWN; i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        char text[TLS_NAME_MAX] = "";
        const unsigned char *bytes;
        int n = 0;

        if (name->type == GEN_DNS) {
            bytes = ASN1_STRING_get0_data(name->d.dNSName);
            n = ASN1_STRING_length(name->d.dNSName);
            utf8_mend(text, sizeof(text), (const char *)bytes, (size_t)n);
        } else if (name->type == GEN_IPADD) {
            bytes = ASN1_STRING_get0_data(name->d.iPAddress);
            n = ASN1_STRING_length(name->d.iPAddress);
            if (n == 4 || n == 16)
                inet_ntop(n == 4 ? AF_INET : AF_INET6, bytes, text,
                          sizeof(text));
        }
        if (text[0] && length + strlen(text) + 3 < size)
            length += (size_t)snprintf(out + length, size - length, "%s%s",
                                       length > 0 ? ", " : "", text);
    }
    GENERAL_NAMES_free(names);
}

static void explain_chain(struct tls *tls, long verdict)
{
    const char *problem = "other";
    char names[TLS_NAME_MAX], words[TLS_WORDS_MAX];
    int length = snprintf(words, sizeof(words), "%s",
                          X509_verify_cert_error_string(verdict));

    for (size_t i = 0; i < sizeof(chain_problems) / sizeof(*chain_problems);
         i++)
        if (chain_problems[i].code == verdict)
            problem = chain_problems[i].problem;
    if (strcmp(problem, "wrong_host") == 0 && tls->leaf) {
        list_names(tls->leaf, names, sizeof(names));
        snprintf(words + length, sizeof(words) - (size_t)length,
                 ": asked for %s, the certificate is for %s", tls->host,
                 names[0] ? names : "nobody");
    }
    say(tls, problem, words);
}

void tls_explain(struct tls *tls)
{
    unsigned long error = ERR_peek_error();
    int reason = ERR_GET_REASON(error);
    const char *words = ERR_reason_error_string(error);
    long verdict = SSL_get_verify_result(tls->ssl);

    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED && verdict != X509_V_OK) {
        explain_chain(tls, verdict);
        return;
    }
    if (tls->asked && (reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE ||
                       reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED)) {
        say(tls, "client_certificate",
            "the server demands a certificate of the client");
        return;
    }
    say(tls, "other", words ? words : "the TLS session broke");
    for (size_t i = 0; i < sizeof(session_problems) / sizeof(*session_problems);
         i++)
        if (session_problems[i].reason == reason)
            say(tls, session_problems[i].problem,
                session_problems[i].words ? session_problems[i].words : words);
}

/* Whether what came first opens no TLS record: a handshake or an alert. */
static bool is_stranger(const struct tls *tls)
{
    return tls->first_length > 0 && tls->first[0] != 0x16 &&
           tls->first[0] != 0x15;
}

static void explain_stranger(struct tls *tls)
{
    char said[64], text[128];
    size_t length = tls->first_length;
    ssize_t more = recv(SSL_get_fd(tls->ssl), said + length,
                        sizeof(said) - length, MSG_DONTWAIT);

    memcpy(said, tls->first, length);
    utf8_mend(text, sizeof(text), said, length + (more > 0 ? (size_t)more : 0));
    text[strcspn(text, "\r\n")] = '\0';
    tls->problem = "not_tls";
    snprintf(tls->words, sizeof(tls->words),
             "what the server says is not TLS: \"%s\"", text);
}

int tls_step(struct tls *tls, short *events, bool *closed)
{
    int result, error;

    ERR_clear_error();
    *closed = false;
    result = SSL_connect(tls->ssl);
    if (result == 1)
        return 1;
    error = SSL_get_error(tls->ssl, result);
    *events = error == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return 0;
    if (is_stranger(tls)) {
        explain_stranger(tls);
        return -1;
    }
    *closed =
        error == SSL_ERROR_SYSCALL || error == SSL_ERROR_ZERO_RETURN ||
        ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
    if (!*closed)
        tls_explain(tls);
    return -1;
}

static void put_name(struct event *event, const char *key,
                     const X509_NAME *name)
{
    BIO *out = BIO_new(BIO_s_mem());
    char *text = NULL;
    long length;

    if (!out)
        return;
    X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    length = BIO_get_mem_data(out, &text);
    if (length > 0)
        event_put_bytes(event, key, text, (size_t)length);
    BIO_free(out);
}

static void put_time(struct event *event, const char *key,
                     const ASN1_TIME *when)
{
    struct tm tm;
    char text[32];

    if (!ASN1_TIME_to_tm(when, &tm))
        return;
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
    event_put_text(event, key, text);
}

static void put_leaf(struct event *event, const X509 *leaf)
{
    char names[TLS_NAME_MAX];

    list_names(leaf, names, sizeof(names));
    put_name(event, "subject", X509_get_subject_name(leaf));
    put_name(event, "issuer", X509_get_issuer_name(leaf));
    event_put_text(event, "names", names[0] ? names : NULL);
    put_time(event, "not_before", X509_get0_notBefore(leaf));
    put_time(event, "not_after", X509_get0_notAfter(leaf));
}

struct event *tls_event(const struct tls *tls)
{
    struct event *event = event_new("tls");
    bool done = tls->ssl && SSL_is_init_finished(tls->ssl);
    static const char *const keys[] = {"subject", "issuer", "names",
                                       "not_before", "not_after"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        event_put_text(event, keys[i], NULL);
    event_put_text(event, "version", done ? SSL_get_version(tls->ssl) : NULL);
    event_put_text(event, "cipher", done ? SSL_get_cipher(tls->ssl) : NULL);
    if (tls->leaf)
        put_leaf(event, tls->leaf);
    event_put_flag(event, "verified", done && !tls->problem);
    event_put_text(event, "problem", tls->problem);
    event_put_text(event, "revocation", "not checked");
    return event;
}

void tls_release(struct tls *tls)
{
    X509_free(tls->leaf);
    SSL_free(tls->ssl);
    SSL_CTX_free(tls->context);
    memset(tls, 0, sizeof(*tls));
}
