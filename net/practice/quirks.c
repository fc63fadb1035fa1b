/* SPDX-License-Identifier: MIT */
/* The switches by name, and those that are about every answer. */
#include "net/practice/quirks.h"

#include <stdio.h>
#include <string.h>

#define NAME(id, name) name,
static const char *const names[QUIRK_COUNT] = {QUIRKS(NAME)};

int quirks_read(unsigned *quirks, const char *list, struct error *err)
{
    *quirks = 0;
    while (*list) {
        size_t length = strcspn(list, ",");
        int i = 0;

        while (i < QUIRK_COUNT && (strlen(names[i]) != length ||
                                   strncmp(names[i], list, length) != 0))
            i++;
        if (i == QUIRK_COUNT)
            return error_set(err, "no quirk '%.*s'", (int)length, list);
        *quirks |= 1u << i;
        list += length + (list[length] == ',');
    }
    return 0;
}

/* A service that translates keeps neither the wording nor its anchors. */
static const struct {
    int code;
    const char *words;
} translations[] = {
    {10, "La clave del servidor no es correcta."},
    {300, "La dirección no es válida."},
    {400, "El remitente no está registrado en la cuenta."},
    {401, "El remitente no está confirmado."},
    {405, "La cuenta no tiene créditos."},
    {406, "El destinatario está marcado como inactivo por un rebote duro."},
    {701, "El mensaje no existe."},
    {1001, "El rebote no existe."},
    {1003, "El rebote no se puede activar."},
};

static void translate(cJSON *body, int code)
{
    for (size_t i = 0; i < sizeof(translations) / sizeof(*translations); i++)
        if (translations[i].code == code)
            cJSON_ReplaceItemInObjectCaseSensitive(
                body, "Message", cJSON_CreateString(translations[i].words));
}

/* A number of the object as text. */
static void turn(cJSON *body, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(body, name);
    char text[32];

    if (!cJSON_IsNumber(item))
        return;
    snprintf(text, sizeof(text), "%.0f", item->valuedouble);
    cJSON_ReplaceItemInObjectCaseSensitive(body, name,
                                           cJSON_CreateString(text));
}

void quirks_apply(unsigned quirks, cJSON *body)
{
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(body, "ErrorCode");

    if (quirks & QUIRK_BIT(TRANSLATED) && code)
        translate(body, code->valueint);
    if (quirks & QUIRK_BIT(TOTAL_TEXT))
        turn(body, "TotalCount");
    if (quirks & QUIRK_BIT(CODE_MISSING) && code && code->valueint == 0)
        cJSON_DeleteItemFromObjectCaseSensitive(body, "ErrorCode");
    else if (quirks & QUIRK_BIT(CODE_TEXT))
        turn(body, "ErrorCode");
}
