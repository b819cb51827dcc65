/** The public face of the package: the node and credential classes, and the types of what the node puts out. */
export { ProgenyApi } from './credentials/ProgenyApi.credentials';
export { AuthenticateFace } from './nodes/AuthenticateFace/AuthenticateFace.node';
export type { AuthenticateFaceOutput, SubmitOutput, Timing } from './nodes/AuthenticateFace/output';
export type { CheckOutput, Decision, Verdict } from './nodes/AuthenticateFace/verdict';
export type { Issue } from './nodes/shared/checks';
export type { FaultCode } from './nodes/shared/faults';
