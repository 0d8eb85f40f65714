# Twenty tasks of somebody who runs servers, in the words of a shell. Prints one line for each.
# Needs: plesk and jq in PATH; PLESK_SERVER and what to sign in with; PW, a password; PLESK_CONFIG, with the profiles
# `first` and `second`, and `lost` and `gone`, which are down.
set -euo pipefail

done_tasks=0
begin() { description=$1; }
end() { done_tasks=$((done_tasks + 1)); echo "task $done_tasks: $description"; }
fail() { echo "task $((done_tasks + 1)) failed: $description: $1" >&2; exit 1; }
expect() { [[ $1 == "$2" ]] || fail "expected '$2', got '$1'"; }
# Runs a command that must exit with the status $1.
exits() {
    local expected=$1 status=0
    shift
    "$@" >out.txt 2>err.txt || status=$?
    [[ $status == "$expected" ]] || fail "exit status $status instead of $expected: $(cat out.txt err.txt)"
}

begin "create customers"
for login in jo sam max; do
    plesk send customer.add gen_info.pname="Customer $login" gen_info.login="$login" gen_info.passwd=@env:PW >/dev/null
done
jo=$(plesk send customer.get filter.login=jo dataset.gen_info --json | jq .id)
(( jo > 0 )) || fail "no ID"
end

begin "create a service plan"
plesk send service-plan.add name=Basic --json | jq --exit-status '.status == "ok"' >/dev/null
end

begin "create a subscription on the plan, with hosting"
plesk send webspace.add gen_setup.name=example.com gen_setup.owner-login=jo gen_setup.htype=vrt_hst \
    gen_setup.ip_address=192.0.2.1 hosting.vrt_hst.ip_address=192.0.2.1 \
    hosting.vrt_hst.property[1].name=ftp_login hosting.vrt_hst.property[1].value=jo_example \
    hosting.vrt_hst.property[2].name=ftp_password hosting.vrt_hst.property[2].value=@env:PW \
    plan-name=Basic >/dev/null
end

begin "find the ID of its site by name"
site=$(plesk send site.get filter.name=example.com dataset.gen_info --json | jq .id)
end

begin "create a mailbox"
plesk send mail.create filter.site-id="$site" filter.mailname.name=info filter.mailname.mailbox.enabled=true \
    filter.mailname.password.value=@env:PW >/dev/null
end

begin "list the mail accounts of a site"
expect "$(plesk send mail.get_info filter.site-id="$site" mailbox --json | jq -r .mailname.name)" info
end

begin "publish an ACME challenge"
record=$(plesk send dns.add_rec value=token host=_acme-challenge type=TXT site-id="$site" --json | jq .id)
name=$(plesk send dns.get_rec filter.id="$record" --json | jq -r .data.host)
expect "$name" _acme-challenge.example.com.
end

begin "remove the ACME challenge"
plesk send dns.del_rec filter.id="$record" >/dev/null
exits 1 plesk send dns.get_rec filter.id="$record"
end

begin "create a database and its user"
database=$(plesk send database.add-db webspace-id="$site" name=shop type=mysql db-server-id=1 --json | jq .id)
printf '%s\n' "$PW" | plesk send database.add-db-user db-id="$database" login=shop_user password=- >/dev/null
expect "$(plesk send database.get-db-users filter.db-id="$database" --json | jq -r .login)" shop_user
end

begin "add a site to the subscription, from a JSON file"
jq -n '{"gen_setup": {"name": "shop.example.com", "webspace-name": "example.com"}}' >site.json
plesk send site.add --json-request site.json >/dev/null
expect "$(plesk send site.get filter.name=shop.example.com dataset.gen_info --json | jq -r .status)" ok
end

begin "change the address of a customer"
plesk send customer.set filter.login=sam values.gen_info.email=sam@example.com >/dev/null
expect "$(plesk send customer.get filter.login=sam dataset.gen_info --json | jq -r .data.gen_info.email)" sam@example.com
end

begin "suspend a customer"
plesk send customer.set filter.login=max values.gen_info.status=16 >/dev/null
expect "$(plesk send customer.get filter.login=max dataset.gen_info --json | jq .data.gen_info.status)" 16
end

begin "reactivate the customer"
plesk send customer.set filter.login=max values.gen_info.status=0 >/dev/null
expect "$(plesk send customer.get filter.login=max dataset.gen_info --json | jq .data.gen_info.status)" 0
end

begin "write a CSV report of all customers"
plesk send customer.get filter dataset.gen_info --json |
    jq -r '[.id, .data.gen_info.login, .data.gen_info.pname, .data.gen_info.email // ""] | @csv' >report.csv
expect "$(wc -l <report.csv | tr -d ' ')" 3
expect "$(grep -c '"jo","Customer jo"' report.csv)" 1
end

begin "show a packet before it is sent"
plesk send customer.add gen_info.pname=X gen_info.login=x gen_info.passwd=@env:PW --dry-run >packet.xml
grep -q '<passwd>\*\*\*</passwd>' packet.xml || fail "$(cat packet.xml)"
exits 0 plesk check packet.xml
exits 1 plesk send customer.get filter.login=x dataset.gen_info
end

begin "create a key for a program"
key=$(plesk send secret_key.create ip_address=127.0.0.1 --json --show-secrets | jq -r .key)
PLESK_SECRET_KEY=$key exits 0 plesk send server.get_protos
end

begin "delete one customer by its ID"
sam=$(plesk send customer.get filter.login=sam dataset.gen_info --json | jq .id)
plesk send customer.del filter.id="$sam" >/dev/null
expect "$(plesk send customer.get filter dataset.gen_info --json | wc -l | tr -d ' ')" 2
end

begin "be refused when everything would be deleted"
exits 2 plesk send customer.del filter
grep -q 'nothing was sent' err.txt || fail "$(cat err.txt)"
expect "$(plesk send customer.get filter dataset.gen_info --json | wc -l | tr -d ' ')" 2
end

begin "tell a refusal from success in a script"
exits 1 plesk send customer.del filter.login=nobody --json
expect "$(jq .errcode out.txt)" 1013
end

begin "ask many servers, two of which are down"
unset PLESK_SERVER
exits 2 plesk send server.get gen_info --all --json --retries 1 --timeout 20
expect "$(jq -r .server out.txt | paste -sd, -)" first,second
expect "$(grep -cE '^plesk: (lost|gone): ' err.txt)" 2
end
