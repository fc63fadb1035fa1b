/* SPDX-License-Identifier: MIT */
/* A secret, a NUL, and a text from which it must be gone. */
#include <openssl/evp.h>

#include "net/redact.h"
#include "tests/fuzz/fuzz.h"

#define USER "u@x.example"

static void check_blob(const char *text, const char *bytes, size_t length)
{
    char blob[2 * SECRET_MAX + 64];

    EVP_EncodeBlock((unsigned char *)blob, (const unsigned char *)bytes,
                    (int)length);
    HOLDS(!strstr(text, blob));
}

static void check_gone(const char *text, const struct secret *secret)
{
    char plain[SECRET_MAX + 64];
    size_t head = sizeof("\0" USER);

    HOLDS(!strstr(text, secret->text));
    check_blob(text, secret->text, secret->length);
    memcpy(plain, "\0" USER, head);
    memcpy(plain + head, secret->text, secret->length);
    check_blob(text, plain, head + secret->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size > 0 ? memchr(data, 0, size) : NULL;
    struct redact *redact;
    struct secret secret;
    char *text, *clean;

    /* One that looks like the mark may come anew where it was taken out. */
    if (!end ||
        secret_set(&secret, (const char *)data, (size_t)(end - data), NULL) !=
            0 ||
        secret.length < 4 || strpbrk(secret.text, "[]") ||
        strstr(REDACT_MARK, secret.text))
        return 0;
    redact = redact_new();
    if (!redact || redact_add(redact, &secret, USER) != 0)
        abort();
    text = string_of(end + 1, size - (size_t)(end - data) - 1);
    clean = redact_text(redact, text);
    check_gone(clean ? clean : text, &secret);
    free(clean);
    free(text);
    redact_free(redact);
    return 0;
}
