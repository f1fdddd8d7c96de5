/** As much of OpenAPI 3.1 as the page reads. */
export interface ApiSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: readonly unknown[];
  items?: ApiSchema;
  properties?: Record<string, ApiSchema>;
  required?: readonly string[];
  description?: string;
  oneOf?: readonly ApiSchema[];
  [rule: string]: unknown;
}

export interface ApiParameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: ApiSchema;
}

interface ApiContent {
  content?: Record<string, { schema?: ApiSchema }>;
}

export interface ApiResponse extends ApiContent {
  description: string;
}

/** Stands for something in `components`. */
export interface ApiRef {
  $ref: string;
}

export interface ApiOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: readonly string[];
  parameters?: readonly (ApiParameter | ApiRef)[];
  requestBody?: ApiContent;
  responses: Record<string, ApiResponse | ApiRef>;
}

export interface ApiDocument {
  info?: { title: string; version: string; description?: string };
  tags?: readonly { name: string; description?: string }[];
  paths: Record<string, Record<string, ApiOperation>>;
  components?: {
    schemas?: Record<string, ApiSchema>;
    parameters?: Record<string, ApiParameter>;
    responses?: Record<string, ApiResponse>;
  };
}
