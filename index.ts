/** The public API: the node and credential classes, and the types of the nodes' output. */
export { ProgenyApi } from './credentials/ProgenyApi.credentials';
export { AuthenticateFace } from './nodes/AuthenticateFace/AuthenticateFace.node';
export { BackgroundCheck } from './nodes/BackgroundCheck/BackgroundCheck.node';
export { FaceLiveness } from './nodes/FaceLiveness/FaceLiveness.node';
export { ReadDocument } from './nodes/ReadDocument/ReadDocument.node';
export { RegisterFace } from './nodes/RegisterFace/RegisterFace.node';
export { VerifyIdentity } from './nodes/VerifyIdentity/VerifyIdentity.node';
export type { AuthenticateFaceResult } from './nodes/AuthenticateFace/service';
export type { BackgroundCheckResult } from './nodes/BackgroundCheck/service';
export type { FaceLivenessResult } from './nodes/FaceLiveness/service';
export type { ReadDocumentResult } from './nodes/ReadDocument/service';
export type { RegisterFaceResult } from './nodes/RegisterFace/service';
export type { VerifyIdentityResult } from './nodes/VerifyIdentity/service';
export type { Issue } from './nodes/shared/result/issues';
export type { CheckOutput } from './nodes/shared/result/details';
export type { Decision } from './nodes/shared/service';
export type { ErrorCode } from './nodes/shared/errors/error';
export type { ResultOrigin, SubmitOutput, Timing } from './nodes/shared/item/output';
