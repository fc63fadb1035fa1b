# SPDX-License-Identifier: MIT
# The live tests of the API against a web server that is not ours: nginx, with
# the service's answers as a script, so that our client is not tried against
# our own reading of HTTP alone.
. "${BASH_SOURCE[0]%/*}/../lib.sh"
. "${BASH_SOURCE[0]%/*}/bed.sh"
PATH=$PATH:/usr/sbin:/sbin
need jq openssl nginx
module=/usr/lib/nginx/modules/ngx_http_js_module.so
[ -e "$module" ] || skip_all 'nginx has no njs module'

KEY=5f0c9a1e-canary-4c1d
FROM=avisos@shop.example
echo "$KEY" >"$T/key"
echo 'another-key' >"$T/wrong"

write_service() {
    mkdir -p "$T/nginx"
    cat >"$T/nginx/api.js" <<END
var bounce = {
    ID: 4323372041, Type: 'HardBounce', TypeCode: 1, Inactive: true,
    CanActivate: true, Email: 'hard@corp.example', From: 'avisos@shop.example',
    BouncedAt: '2026-11-23T12:15:09.4411020Z',
    Details: 'smtp;550 5.1.1 <hard@corp.example>: user unknown'
};

function say(r, status, answer) {
    r.headersOut['Content-Type'] = 'application/json; charset=utf-8';
    r.return(status, JSON.stringify(answer, null, 2) + '\\n');
}

function fault(r, status, code, words) {
    say(r, status, {ErrorCode: code, Message: words});
}

function accept(to) {
    return {To: to, SubmittedAt: '2026-11-23T09:15:02.1834417-03:00',
            MessageID: 'id-' + to.split('@')[0], ErrorCode: 0, Message: 'OK'};
}

function email(r) {
    var mail, to;

    if (r.headersIn['Content-Type'] != 'application/json')
        return fault(r, 422, 409, 'JSON required');
    mail = JSON.parse(r.requestText);
    to = mail.To;
    if (mail.Headers[0].Name != 'X-Nollego-Token' || !mail.Subject)
        return fault(r, 422, 300, 'Zero recipients');
    if (to.startsWith('inactive@'))
        return fault(r, 422, 406, 'Found inactive addresses: ' + to);
    if (to.startsWith('busy@')) {
        r.headersOut['Retry-After'] = '17';
        return fault(r, 429, 429, 'slow down');
    }
    if (to.startsWith('late@'))
        return setTimeout(function() { say(r, 200, accept(to)); }, 700);
    if (to.startsWith('chunks@')) {
        r.status = 200;
        r.sendHeader();
        JSON.stringify(accept(to)).match(/.{1,7}/g).forEach(
            function(part) { r.send(part); });
        return r.finish();
    }
    return say(r, 200, accept(to));
}

function details(r) {
    var name = r.uri.split('/')[3].slice(3);
    var event = {Recipient: name + '@corp.example',
                 ReceivedAt: '2026-11-23T12:15:05Z'};

    if (name == 'hard') {
        event.Type = 'Bounced';
        event.Details = {Summary: 'gone', BounceID: String(bounce.ID)};
    } else {
        event.Type = 'Delivered';
        event.Details = {DeliveryMessage: 'smtp;250 2.0.0 queued as 4XyZ',
                         DestinationServer: 'mx1.corp.example',
                         DestinationIP: '192.0.2.25'};
    }
    say(r, 200, {MessageID: 'id-' + name, Status: 'Sent', From: bounce.From,
                 Subject: 'Prueba', MessageEvents: [event]});
}

function search(r) {
    var to = r.args.recipient;

    say(r, 200, {TotalCount: 1, Messages: [
        {MessageID: 'id-' + to.split('@')[0], Recipients: [to],
         Subject: 'Prueba ' + (r.args.subject || '')}]});
}

function bounces(r) {
    var found = bounce.Email.includes(r.args.emailFilter) ? [bounce] : [];

    say(r, 200, {TotalCount: found.length, Bounces: found});
}

function go(r) {
    if (r.headersIn['X-Trx-Api-Key'] != '$KEY')
        return fault(r, 401, 10, 'Bad or missing token');
    if (r.method == 'POST' && r.uri == '/email')
        return email(r);
    if (r.uri == '/messages/outbound')
        return search(r);
    if (r.uri.endsWith('/details'))
        return details(r);
    if (r.uri == '/bounces')
        return bounces(r);
    if (r.uri == '/bounces/' + bounce.ID)
        return say(r, 200, bounce);
    fault(r, 404, 12, 'not found');
}

export default {go};
END
    cat >"$T/nginx/conf" <<END
load_module $module;
daemon off;
pid $T/nginx/pid;
error_log $T/nginx/log;
events {}
http {
    log_format packing '\$http_accept_encoding \$sent_http_content_encoding';
    access_log $T/nginx/access packing;
    client_body_temp_path $T/nginx/body;
    proxy_temp_path $T/nginx/proxy;
    fastcgi_temp_path $T/nginx/fastcgi;
    scgi_temp_path $T/nginx/scgi;
    uwsgi_temp_path $T/nginx/uwsgi;
    js_path $T/nginx;
    js_import api from api.js;
    gzip on;
    gzip_types application/json;
    gzip_min_length 1;
    ssl_certificate $T/ca/server.pem;
    ssl_certificate_key $T/ca/server.key;
    server {
        listen 127.0.0.1:$web ssl;
        client_body_buffer_size 64k;
        location / { js_content api.go; }
        location /moved/ { return 301 https://127.0.0.1:$web/; }
        location /gone/ { proxy_pass http://127.0.0.1:1; }
        location /small/ { client_max_body_size 16; js_content api.go; }
        location /forbidden/ { deny all; }
    }
}
END
}

free_port web
certificates
write_service
[ "$bed_user" != nobody ] || chown -R nobody:nogroup "$T/ca" "$T/nginx"
serve nginx "${as_bed[@]}" nginx -p "$T/nginx" -e "$T/nginx/log" \
    -c "$T/nginx/conf"
await nginx "$web"

# probe NAME OPTIONS...: of it only the end, as $T/end.
probe() {
    "$NOLLEGO" probe "$@" >"$T/events" 2>"$T/errors"
    tail -n 1 "$T/events" >"$T/end"
    cat "$T/events" "$T/errors" >>"$T/told"
}

# tells NAME WANTED FILTER
tells() {
    is "$1" "$(jq -r "$3" "$T/end")" "$2" "$T/events" "$T/errors" \
        "$T/nginx/log"
}

here=(--ca-file "$CA" --limit 5)
service=(--api-url "https://localhost:$web/" --api-key-file "$T/key"
    "${here[@]}")
ending='"\(.outcome) \(.fault) \(.code) \(.http) \(.cause)"'

sends() { # NAME TO WANTED OPTIONS...
    probe api-send --from "$FROM" --to "$2@corp.example" "${service[@]}" \
        "${@:4}"
    tells "api-send: $1" "$3" "$ending"
}

for name in ana late chunks; do
    sends "to $name" $name 'pass null 0 200 null'
    tells "api-send: to $name, the id" "id-$name" .message_id
done
sends withheld inactive 'fault refused 406 422 suppressed'
sends busy busy 'fault refused 429 429 ratelimited'
tells 'api-send: busy, for how long' 17 .retry_after
sends 'too late' late 'unknown timeout null null networkerror' --limit 0.3
sends 'wrong key' ana 'fault auth 10 401 securityerror' \
    --api-key-file "$T/wrong"
sends 'wrong authority' ana 'fault tls null null failedstarttls' \
    --ca-file "$OTHER_CA"
sends moved ana 'fault protocol 301 301 systemerror' \
    --api-url "https://localhost:$web/moved"
sends 'nobody behind it' ana 'fault protocol 502 502 systemerror' \
    --api-url "https://localhost:$web/gone"
tells 'a page is named by its title' '502 Bad Gateway' .reply
sends 'too large' ana 'fault protocol 413 413 mesgtoobig' \
    --api-url "https://localhost:$web/small"
sends forbidden ana 'fault protocol 403 403 securityerror' \
    --api-url "https://localhost:$web/forbidden"
sends 'in clear where TLS is spoken' ana \
    'fault protocol 400 400 contenterror' --api-url "http://localhost:$web/"

probe api-watch --message-id id-ana --to ana@corp.example --wait 2 \
    "${service[@]}"
tells 'api-watch: delivered' 'pass delivered 250 2.0.0 queued as 4XyZ' \
    '"\(.outcome) \(.status) \(.reply)"'
probe api-watch --to ana@corp.example --subject-code K7Q-4M2 --wait 2 \
    "${service[@]}"
tells 'api-watch: found by recipient and code' 'pass id-ana' \
    '"\(.outcome) \(.message_id)"'
probe api-watch --message-id id-hard --to hard@corp.example --wait 2 \
    "${service[@]}"
tells 'api-watch: came back' 'fault refused 550 5.1.1 userunknown bounced' \
    '"\(.outcome) \(.fault) \(.code) \(.enhanced) \(.cause) \(.status)"'
probe api-history --address hard@corp.example "${service[@]}"
tells 'api-history: blocked' 'pass true true 1 4323372041' \
    '"\(.outcome) \(.blocked) \(.can_activate) \(.count) \(.bounce_id)"'
probe api-history --address ana@corp.example "${service[@]}"
tells 'api-history: nothing' 'pass false 0' \
    '"\(.outcome) \(.blocked) \(.count)"'

is 'nobody asked for packing, and nothing was packed' \
    "$(sort -u "$T/nginx/access")" '- -'
is 'the key stands nowhere in what was told' "$(grep -c "$KEY" "$T/told")" 0

done_testing
