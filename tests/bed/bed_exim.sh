# SPDX-License-Identifier: MIT
# The bed's mail servers as Exim (bash, for tests/bed/bed.sh).
# shellcheck shell=bash disable=SC2154

exim_is_here() {
    need exim4
}

exim_start() {
    write_exim provider
    write_exim mx
    [ "$bed_user" != nobody ] ||
        chown -R nobody:nogroup "$T/provider" "$T/mx"
    serve mx "${as_bed[@]}" exim4 -C "$T/mx/conf" -bdf -q2s
    serve provider "${as_bed[@]}" exim4 -C "$T/provider/conf" -bdf -q2s
}

write_exim() { # provider or mx
    mkdir -p "$T/$1/spool"
    {
        cat <<END
spool_directory = $T/$1/spool
pid_file_path = $T/$1/pid
exim_user = $bed_user
exim_group = $bed_group
never_users =
keep_environment =
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
host_lookup =
helo_lookup_domains =
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
END
        "exim_$1"
        cat <<END
to_lmtp:
  driver = smtp
  protocol = lmtp
  port = $lmtp
  allow_localhost
  hosts_avoid_tls = *
begin retry
* * F,1h,5s
END
    } >"$T/$1/conf"
}

# Says nothing against a recipient: a refusal by the MX is a bounce.
exim_provider() {
    cat <<END
primary_hostname = smtp.prov.example
daemon_smtp_ports = $SUBMIT : $SUBMITS
tls_on_connect_ports = $SUBMITS
tls_certificate = $T/ca/server.pem
tls_privatekey = $T/ca/server.key
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
begin acl
acl_rcpt:
  deny    !authenticated = *
          message = 530 5.7.0 Authentication required
  accept
acl_data:
  accept
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{sender@prov.example}}\
{eq{\$auth3}{$SMTP_PASSWORD}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{\$auth1}{sender@prov.example}}\
{eq{\$auth2}{$SMTP_PASSWORD}}}}
  server_set_id = \$auth1
begin routers
corp:
  driver = manualroute
  domains = corp.example
  route_list = * 127.0.0.1
  self = send
  transport = to_mx
bounces:
  driver = manualroute
  domains = prov.example : icommkt.com
  route_list = * 127.0.0.1
  self = send
  transport = to_lmtp
begin transports
to_mx:
  driver = smtp
  port = $MX
  allow_localhost
  hosts_avoid_tls = *
END
}

# On a port of its own it shows a certificate for another name.
exim_mx() {
    cat <<END
primary_hostname = mx.corp.example
daemon_smtp_ports = $MX : $WRONG_NAME
tls_certificate = $T/ca/\${if eq{\$received_port}{$WRONG_NAME}\
{wrong}{server}}.pem
tls_privatekey = $T/ca/\${if eq{\$received_port}{$WRONG_NAME}\
{wrong}{server}}.key
begin acl
acl_rcpt:
  deny    message = 550 5.7.1 Message rejected due to company policy
          senders = policy@prov.example
  defer   message = 450 4.7.1 Greylisted, please try again later
          senders = grey@prov.example
  deny    message = 552 5.2.2 Mailbox full
          recipients = full@corp.example
  deny    message = 550 5.7.1 relaying denied
          !domains = corp.example
  deny    message = 550 5.1.1 <\$local_part@\$domain> User unknown
          !local_parts = alice : bob
  accept
acl_data:
  deny    message = 550 5.7.1 This message looks like spam
          senders = content@prov.example
  warn    senders = spam@prov.example
          add_header = X-Spam-Flag: YES
  accept
begin routers
corp:
  driver = manualroute
  domains = corp.example
  route_list = * 127.0.0.1
  self = send
  transport = to_lmtp
begin transports
END
}

