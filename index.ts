/** The public face of the package: the node and credential classes, and the types of what the nodes put out. */
export { ProgenyApi } from './credentials/ProgenyApi.credentials';
export { AuthenticateFace } from './nodes/AuthenticateFace/AuthenticateFace.node';
export { FaceLiveness } from './nodes/FaceLiveness/FaceLiveness.node';
export { RegisterFace } from './nodes/RegisterFace/RegisterFace.node';
export type { Verdict } from './nodes/AuthenticateFace/verdict';
export type { LivenessVerdict } from './nodes/FaceLiveness/livenessVerdict';
export type { Registration } from './nodes/RegisterFace/registration';
export type { Issue } from './nodes/shared/result/issues';
export type { CheckOutput } from './nodes/shared/result/decision';
export type { Decision } from './nodes/shared/service';
export type { ErrorCode } from './nodes/shared/errors/error';
export type { ResultOrigin, SubmitOutput, Timing } from './nodes/shared/item/output';
