/* SPDX-License-Identifier: MIT */
/* Base64 by OpenSSL, made strict. */
#include "net/practice/base64.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#define SIGNS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static size_t padding(const char *in, size_t length)
{
    size_t count = 0;

    while (count < 2 && count < length && in[length - 1 - count] == '=')
        count++;
    return count;
}

static bool is_base64(const char *in, size_t length)
{
    if (length % 4 != 0)
        return false;
    length -= padding(in, length);
    for (size_t i = 0; i < length; i++)
        if (!in[i] || !strchr(SIGNS, in[i]))
            return false;
    return true;
}

int base64_read(char *out, size_t size, const char *in, size_t length)
{
    int written;

    if (!is_base64(in, length) || length / 4 * 3 >= size)
        return -1;
    written = EVP_DecodeBlock((unsigned char *)out, (const unsigned char *)in,
                              (int)length);
    if (written < 0)
        return -1;
    written -= (int)padding(in, length);
    out[written] = '\0';
    return written;
}

int base64_write(char *out, size_t size, const char *in, size_t length)
{
    if (size)
        out[0] = '\0';
    if ((length + 2) / 3 * 4 >= size)
        return -1;
    EVP_EncodeBlock((unsigned char *)out, (const unsigned char *)in,
                    (int)length);
    return 0;
}

static int take(char out[LOGIN_MAX], const char *in, size_t length)
{
    if (length >= LOGIN_MAX || memchr(in, '\0', length))
        return -1;
    memcpy(out, in, length);
    out[length] = '\0';
    return 0;
}

int login_plain(struct login *login, const char *response)
{
    char bytes[3 * LOGIN_MAX];
    int length = base64_read(bytes, sizeof(bytes), response, strlen(response));
    const char *end = bytes + (length < 0 ? 0 : length);
    const char *user = memchr(bytes, '\0', (size_t)(end - bytes));
    const char *password =
        user ? memchr(user + 1, '\0', (size_t)(end - user - 1)) : NULL;
    int result = -1;

    if (password &&
        take(login->user, user + 1, (size_t)(password - user - 1)) == 0)
        result =
            take(login->password, password + 1, (size_t)(end - password - 1));
    OPENSSL_cleanse(bytes, sizeof(bytes));
    return result;
}

bool login_same(const char *a, const char *b)
{
    size_t length = strlen(a);

    return length == strlen(b) && CRYPTO_memcmp(a, b, length) == 0;
}
