"""Signs in to the console as the public Python clients do, and goes through the ritual of the session credential.

Called with the base address, a user and its password. Prints nothing but "done" when all went as it should.
"""
import base64
import json
import os
import sys

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from requests_ntlm import HttpNtlmAuth

base, user, password = sys.argv[1:4]


def expect(answer, *statuses):
    assert answer.status_code in statuses, (answer.request.method, answer.url, answer.status_code, answer.text)
    return answer


def sealed(session, text, as_array):
    der = base64.b64decode(expect(session.get(base + "configuration/certificate"), 200).json()["derEncoded"])
    key, iv = os.urandom(16), os.urandom(16)
    padder = padding.PKCS7(128).padder()
    padded = padder.update(text.encode("utf-16-le")) + padder.finalize()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    cipher_text = encryptor.update(padded) + encryptor.finalize()
    sha1 = hashes.SHA1()
    wrapped = x509.load_der_x509_certificate(der).public_key().encrypt(
        key, rsa_padding.OAEP(mgf=rsa_padding.MGF1(algorithm=sha1), algorithm=sha1, label=None))
    return {"protectionMode": "SessionKey",
            "cipherText": list(cipher_text) if as_array else base64.b64encode(cipher_text).decode(),
            "sessionKey": {"algorithmIdentifier": "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
                           "encryptedKey": base64.b64encode(wrapped).decode(),
                           "iv": base64.b64encode(iv).decode()}}


def ritual(session, as_array):
    expect(session.delete(base + "sessioncredentials"), 204, 404)
    body = sealed(session, password, as_array)
    assert expect(session.post(base + "sessioncredentials", json=body), 200).json() == {"created": True}
    expect(session.post(base + "sessioncredentials", json=body), 409)
    wrong = sealed(session, "not the password", as_array)
    assert "password" in expect(session.post(base + "sessioncredentials", json=wrong), 400).json()["message"]
    expect(session.delete(base + "sessioncredentials"), 204)


ntlm = requests.Session()
ntlm.auth = HttpNtlmAuth("PATCHWAY\\" + user, password)
ntlm.headers["Content-Type"] = "application/json"
assert expect(ntlm.get(base + "configuration/version"), 200).json()["productName"] == "Patchway"
ritual(ntlm, as_array=True)
credential = {"name": "By NTLM", "userName": "root", "password": sealed(ntlm, "secret-of-root", True)}
made = expect(ntlm.post(base + "credentials", json=credential), 201).json()
assert "secret-of-root" not in json.dumps(made)
assert expect(ntlm.get(base + "credentials/?name=By NTLM"), 200).json()["id"] == made["id"]
expect(ntlm.delete(made["links"]["self"]["href"]), 204)

basic = requests.Session()
basic.auth = (user, password)
ritual(basic, as_array=False)

wrong = requests.Session()
wrong.auth = HttpNtlmAuth("PATCHWAY\\" + user, "not the password")
expect(wrong.get(base + "configuration/version"), 401)
expect(requests.get(base + "configuration/version"), 401)
print("done")
