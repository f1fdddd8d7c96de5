#!/bin/sh
# certificates.sh <directory>: an authority of one's own and certificates for NATS and PostgreSQL, for a machine or a trial.
# An operator who has an authority puts its files there instead: ca.pem, nats-cert.pem, nats-key.pem, postgres-cert.pem, postgres-key.pem.
# EXTRA_NAMES: more names, "DNS:nats.example.cn,IP:10.0.0.5". Certificates end after 825 days; run it again (another directory) and roll.
set -eu
umask 077
dir=$1
mkdir -p "$dir"
extra=${EXTRA_NAMES:+,$EXTRA_NAMES}
ca_key=$dir/ca-key.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=Shidang CA' \
  -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
  -keyout "$ca_key" -out "$dir/ca.pem" 2>/dev/null

# NATS nodes are also each other's clients.
issue() {
  name=$1 usage=$2 names=$3
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$dir/$name-key.pem" -out "$dir/$name.csr" 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=%s\nbasicConstraints=CA:FALSE\n' "$names" "$usage" > "$dir/$name.ext"
  openssl x509 -req -in "$dir/$name.csr" -CA "$dir/ca.pem" -CAkey "$ca_key" -CAcreateserial -days 825 -extfile "$dir/$name.ext" \
    -out "$dir/$name-cert.pem" 2>/dev/null
  rm -f "$dir/$name.csr" "$dir/$name.ext"
}
issue nats serverAuth,clientAuth \
  "DNS:localhost,IP:127.0.0.1,DNS:nats,DNS:nats-0.nats,DNS:nats-1.nats,DNS:nats-2.nats,DNS:*.nats.shidang.svc.cluster.local$extra"
issue postgres serverAuth "DNS:localhost,IP:127.0.0.1,DNS:postgres,DNS:postgres.shidang.svc.cluster.local$extra"
rm -f "$dir/ca.srl"
echo "$dir: ca.pem, nats and postgres certificates; keep ca-key.pem apart from the machines, or remove it"
