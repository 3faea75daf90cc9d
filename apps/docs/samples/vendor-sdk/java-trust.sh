keytool -importcert -noprompt -alias mock -file ca.pem -keystore trust.p12 -storetype PKCS12 -storepass changeit
