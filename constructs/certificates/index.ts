/** Certificates by cert-manager, from the authority of your choice, with renewal. */
export { CERT_MANAGER_NAMESPACE, CertificateIssuer } from "./certificate-issuer.js";
export type { CertificateIssuerProps, IssuerRef } from "./certificate-issuer.js";
export { INTERNAL_CA_DEFAULTS, InternalCa } from "./internal-ca.js";
export type { InternalCaProps } from "./internal-ca.js";
export { IssuerSource, LETS_ENCRYPT } from "./issuer-source.js";
export type { AcmeDns01Options, AwsPrivateCaOptions, VaultOptions } from "./issuer-source.js";
export { CERTIFICATE_DEFAULTS, TlsCertificate } from "./tls-certificate.js";
export type { TlsCertificateProps } from "./tls-certificate.js";
