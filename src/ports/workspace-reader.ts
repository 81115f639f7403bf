export type { FileText, WorkspaceReader } from '../core/expression/workspace-reader.js';
