# SPDX-License-Identifier: MIT
# What of a document is not as its JSON schema says, a line each:
#   jq -r --slurpfile schema S.json -f schema.jq document.json
# Of the keywords those that the schemas of this tree use; any other ends it.

def known: ["$schema", "title", "description", "$defs", "$ref", "type", "enum",
    "const", "required", "properties", "additionalProperties", "items",
    "minItems", "minLength", "minimum"];

def kind:
    if type == "number" and . == floor then ["integer", "number"] else [type] end;

def check($root; $schema; $at):
    . as $value
    | ($schema | keys - known | if . != [] then
        error("the schema has \(.[0]), which this checker does not know")
      else empty end),
    if $schema | has("$ref") then
        check($root; $root["$defs"][$schema["$ref"] | ltrimstr("#/$defs/")]; $at)
    else
        (if $schema | has("type") then
            if ([$schema.type] | flatten) - ($value | kind)
                == ([$schema.type] | flatten)
            then "\($at): is a \(type), not \($schema.type)" else empty end
         else empty end),
        (if ($schema | has("const")) and $value != $schema.const
         then "\($at): is not \($schema.const)" else empty end),
        (if ($schema | has("enum")) and ($schema.enum | index([$value]) | not)
         then "\($at): \($value) is none of its words" else empty end),
        (if type == "object" then
            (($schema.required // [])[] as $name
             | select($value | has($name) | not) | "\($at): lacks \($name)"),
            (keys[] as $name
             | if $schema.properties // {} | has($name) then
                   .[$name] | check($root; $schema.properties[$name]; "\($at)/\($name)")
               elif $schema.additionalProperties == false then
                   "\($at): has \($name)"
               else empty end)
         elif type == "array" then
            (select(length < ($schema.minItems // 0)) | "\($at): is too short"),
            (select($schema | has("items")) | to_entries[] as $each
             | $each.value | check($root; $schema.items; "\($at)/\($each.key)"))
         elif type == "string" then
            select(length < ($schema.minLength // 0)) | "\($at): is too short"
         elif type == "number" then
            select($schema | has("minimum")) | select(. < $schema.minimum)
            | "\($at): is too little"
         else empty end)
    end;

check($schema[0]; $schema[0]; "")
