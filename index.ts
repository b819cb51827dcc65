/** The public face of the package: the node and credential classes, and the types of what the nodes put out. */
export { ProgenyApi } from './credentials/ProgenyApi.credentials';
export { AuthenticateFace } from './nodes/AuthenticateFace/AuthenticateFace.node';
export { BackgroundCheck } from './nodes/BackgroundCheck/BackgroundCheck.node';
export { FaceLiveness } from './nodes/FaceLiveness/FaceLiveness.node';
export { ReadDocument } from './nodes/ReadDocument/ReadDocument.node';
export { RegisterFace } from './nodes/RegisterFace/RegisterFace.node';
export { VerifyIdentity } from './nodes/VerifyIdentity/VerifyIdentity.node';
export type { Verdict } from './nodes/AuthenticateFace/verdict';
export type { LivenessVerdict } from './nodes/FaceLiveness/livenessVerdict';
export type { Registration } from './nodes/RegisterFace/registration';
export type { BackgroundCheckVerdict } from './nodes/shared/result/backgroundCheck';
export type { DocumentVerdict, HolderVerdict } from './nodes/shared/result/document';
export type { Issue } from './nodes/shared/result/issues';
export type { CheckOutput } from './nodes/shared/result/details';
export type { Decision } from './nodes/shared/service';
export type { ErrorCode } from './nodes/shared/errors/error';
export type { ResultOrigin, SubmitOutput, Timing } from './nodes/shared/item/output';
