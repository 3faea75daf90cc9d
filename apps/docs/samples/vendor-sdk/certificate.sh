openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Test authority" -keyout ca-key.pem -out ca.pem \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
openssl req -x509 -CA ca.pem -CAkey ca-key.pem -newkey rsa:2048 -nodes -days 30 \
  -subj "/CN=thingspace.verizon.com" -keyout key.pem -out cert.pem \
  -addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=serverAuth \
  -addext subjectAltName=DNS:thingspace.verizon.com,DNS:5gedge.verizon.com
