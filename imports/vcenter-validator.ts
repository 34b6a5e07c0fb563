// @ts-nocheck
// Generated from crds/ by `npm run generate`. Do not edit.
import type { VCenter } from './vcenter';

var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

var require_ucs2length = __commonJS({
  "../ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

var require_validator = __commonJS({
  "validator.cjs"(exports, module) {
    "use strict";
    module.exports = validate10;
    module.exports.default = validate10;
    var schema11 = { "type": "object", "required": ["spec"], "additionalProperties": false, "properties": { "apiVersion": { "type": "string" }, "kind": { "type": "string" }, "metadata": { "type": "object" }, "spec": { "type": "object", "required": ["endpoint", "credentials"], "additionalProperties": false, "properties": { "endpoint": { "type": "object", "required": ["host"], "additionalProperties": false, "properties": { "host": { "type": "string", "maxLength": 253, "pattern": "^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$" }, "port": { "type": "integer", "minimum": 1, "maximum": 65535 } } }, "credentials": { "type": "object", "required": ["secretRef"], "additionalProperties": false, "properties": { "secretRef": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "maxLength": 253, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" } } }, "method": { "type": "string", "enum": ["Password", "TokenByPassword"] } } }, "tls": { "type": "object", "additionalProperties": false, "properties": { "caBundle": { "type": "string", "minLength": 1, "maxLength": 65536 }, "sha256Fingerprints": { "type": "array", "minItems": 1, "maxItems": 4, "items": { "type": "string", "maxLength": 95, "pattern": "^([0-9A-F]{2}:){31}[0-9A-F]{2}$" } }, "insecureSkipVerify": { "type": "boolean" } } }, "namespaceSelector": { "type": "object", "additionalProperties": false, "properties": { "matchLabels": { "type": "object", "maxProperties": 16, "additionalProperties": { "type": "string", "maxLength": 63, "pattern": "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" } }, "matchExpressions": { "type": "array", "maxItems": 16, "items": { "type": "object", "required": ["key", "operator"], "additionalProperties": false, "properties": { "key": { "type": "string", "maxLength": 317, "pattern": "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" }, "operator": { "type": "string", "enum": ["In", "NotIn", "Exists", "DoesNotExist"] }, "values": { "type": "array", "maxItems": 32, "items": { "type": "string", "maxLength": 63, "pattern": "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" } } } } } } }, "clusterName": { "type": "string", "maxLength": 40, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "defaults": { "type": "object", "additionalProperties": false, "properties": { "placement": { "type": "object", "additionalProperties": false, "properties": { "datacenter": { "type": "string", "minLength": 1, "maxLength": 2048 }, "cluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "resourcePool": { "type": "string", "minLength": 1, "maxLength": 2048 }, "folder": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastore": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastoreCluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "storagePolicy": { "type": "string", "minLength": 1, "maxLength": 255 } } } } }, "failureDomains": { "type": "array", "maxItems": 16, "items": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "cluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "resourcePool": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastore": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastoreCluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "hostGroup": { "type": "string", "minLength": 1, "maxLength": 80 } } } }, "allowed": { "type": "object", "additionalProperties": false, "properties": { "templates": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 512, "pattern": "^(/|\\*\\*)" } }, "resourcePools": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 512, "pattern": "^(/|\\*\\*)" } }, "folders": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 512, "pattern": "^(/|\\*\\*)" } }, "datastores": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 512, "pattern": "^(/|\\*\\*)" } }, "networks": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 512, "pattern": "^(/|\\*\\*)" } }, "storagePolicies": { "type": "array", "maxItems": 64, "items": { "type": "string", "minLength": 1, "maxLength": 512 } }, "tags": { "type": "array", "maxItems": 64, "items": { "type": "string", "minLength": 1, "maxLength": 512 } }, "extraConfigKeys": { "type": "array", "maxItems": 64, "items": { "type": "string", "minLength": 1, "maxLength": 512, "pattern": "^[A-Za-z0-9_.*-]+$" } }, "customizationSpecs": { "type": "array", "maxItems": 64, "items": { "type": "string", "minLength": 1, "maxLength": 512 } }, "adoptableMachines": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 512, "pattern": "^(/|\\*\\*)" } } } }, "limits": { "type": "object", "additionalProperties": false, "properties": { "maxConcurrentTasks": { "type": "integer", "minimum": 0, "maximum": 500 }, "perVM": { "type": "object", "additionalProperties": false, "properties": { "cpu": { "type": "integer", "minimum": 1, "maximum": 960 }, "memoryGiB": { "type": "integer", "minimum": 1, "maximum": 24576 } } }, "perNamespace": { "type": "object", "additionalProperties": false, "properties": { "vms": { "type": "integer", "minimum": 0, "maximum": 1e6 }, "cpu": { "type": "integer", "minimum": 0, "maximum": 1e9 }, "memoryGiB": { "type": "integer", "minimum": 0, "maximum": 1e9 } } }, "total": { "type": "object", "additionalProperties": false, "properties": { "vms": { "type": "integer", "minimum": 0, "maximum": 1e6 }, "cpu": { "type": "integer", "minimum": 0, "maximum": 1e9 }, "memoryGiB": { "type": "integer", "minimum": 0, "maximum": 1e9 } } } } } } }, "status": {} } };
    var func2 = Object.prototype.hasOwnProperty;
    var func3 = require_ucs2length().default;
    var pattern0 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$", "u");
    var pattern1 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");
    var pattern2 = new RegExp("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", "u");
    var pattern3 = new RegExp("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$", "u");
    var pattern4 = new RegExp("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
    var pattern6 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "u");
    var pattern8 = new RegExp("^(/|\\*\\*)", "u");
    var pattern13 = new RegExp("^[A-Za-z0-9_.*-]+$", "u");
    function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
      let vErrors = null;
      let errors = 0;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.spec === void 0) {
          const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "spec" }, message: "must have required property 'spec'" };
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
        for (const key0 in data) {
          if (!(key0 === "apiVersion" || key0 === "kind" || key0 === "metadata" || key0 === "spec" || key0 === "status")) {
            const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
        }
        if (data.apiVersion !== void 0) {
          if (typeof data.apiVersion !== "string") {
            const err2 = { instancePath: instancePath + "/apiVersion", schemaPath: "#/properties/apiVersion/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        }
        if (data.kind !== void 0) {
          if (typeof data.kind !== "string") {
            const err3 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        if (data.metadata !== void 0) {
          let data2 = data.metadata;
          if (!(data2 && typeof data2 == "object" && !Array.isArray(data2))) {
            const err4 = { instancePath: instancePath + "/metadata", schemaPath: "#/properties/metadata/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
        if (data.spec !== void 0) {
          let data3 = data.spec;
          if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
            if (data3.endpoint === void 0) {
              const err5 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "endpoint" }, message: "must have required property 'endpoint'" };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
            if (data3.credentials === void 0) {
              const err6 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "credentials" }, message: "must have required property 'credentials'" };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            for (const key1 in data3) {
              if (!func2.call(schema11.properties.spec.properties, key1)) {
                const err7 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err7];
                } else {
                  vErrors.push(err7);
                }
                errors++;
              }
            }
            if (data3.endpoint !== void 0) {
              let data4 = data3.endpoint;
              if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
                if (data4.host === void 0) {
                  const err8 = { instancePath: instancePath + "/spec/endpoint", schemaPath: "#/properties/spec/properties/endpoint/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'" };
                  if (vErrors === null) {
                    vErrors = [err8];
                  } else {
                    vErrors.push(err8);
                  }
                  errors++;
                }
                for (const key2 in data4) {
                  if (!(key2 === "host" || key2 === "port")) {
                    const err9 = { instancePath: instancePath + "/spec/endpoint", schemaPath: "#/properties/spec/properties/endpoint/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err9];
                    } else {
                      vErrors.push(err9);
                    }
                    errors++;
                  }
                }
                if (data4.host !== void 0) {
                  let data5 = data4.host;
                  if (typeof data5 === "string") {
                    if (func3(data5) > 253) {
                      const err10 = { instancePath: instancePath + "/spec/endpoint/host", schemaPath: "#/properties/spec/properties/endpoint/properties/host/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                      if (vErrors === null) {
                        vErrors = [err10];
                      } else {
                        vErrors.push(err10);
                      }
                      errors++;
                    }
                    if (!pattern0.test(data5)) {
                      const err11 = { instancePath: instancePath + "/spec/endpoint/host", schemaPath: "#/properties/spec/properties/endpoint/properties/host/pattern", keyword: "pattern", params: { pattern: "^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$" }, message: 'must match pattern "^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$"' };
                      if (vErrors === null) {
                        vErrors = [err11];
                      } else {
                        vErrors.push(err11);
                      }
                      errors++;
                    }
                  } else {
                    const err12 = { instancePath: instancePath + "/spec/endpoint/host", schemaPath: "#/properties/spec/properties/endpoint/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err12];
                    } else {
                      vErrors.push(err12);
                    }
                    errors++;
                  }
                }
                if (data4.port !== void 0) {
                  let data6 = data4.port;
                  if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)))) {
                    const err13 = { instancePath: instancePath + "/spec/endpoint/port", schemaPath: "#/properties/spec/properties/endpoint/properties/port/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err13];
                    } else {
                      vErrors.push(err13);
                    }
                    errors++;
                  }
                  if (typeof data6 == "number") {
                    if (data6 > 65535 || isNaN(data6)) {
                      const err14 = { instancePath: instancePath + "/spec/endpoint/port", schemaPath: "#/properties/spec/properties/endpoint/properties/port/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
                      if (vErrors === null) {
                        vErrors = [err14];
                      } else {
                        vErrors.push(err14);
                      }
                      errors++;
                    }
                    if (data6 < 1 || isNaN(data6)) {
                      const err15 = { instancePath: instancePath + "/spec/endpoint/port", schemaPath: "#/properties/spec/properties/endpoint/properties/port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err15];
                      } else {
                        vErrors.push(err15);
                      }
                      errors++;
                    }
                  }
                }
              } else {
                const err16 = { instancePath: instancePath + "/spec/endpoint", schemaPath: "#/properties/spec/properties/endpoint/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err16];
                } else {
                  vErrors.push(err16);
                }
                errors++;
              }
            }
            if (data3.credentials !== void 0) {
              let data7 = data3.credentials;
              if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                if (data7.secretRef === void 0) {
                  const err17 = { instancePath: instancePath + "/spec/credentials", schemaPath: "#/properties/spec/properties/credentials/required", keyword: "required", params: { missingProperty: "secretRef" }, message: "must have required property 'secretRef'" };
                  if (vErrors === null) {
                    vErrors = [err17];
                  } else {
                    vErrors.push(err17);
                  }
                  errors++;
                }
                for (const key3 in data7) {
                  if (!(key3 === "secretRef" || key3 === "method")) {
                    const err18 = { instancePath: instancePath + "/spec/credentials", schemaPath: "#/properties/spec/properties/credentials/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err18];
                    } else {
                      vErrors.push(err18);
                    }
                    errors++;
                  }
                }
                if (data7.secretRef !== void 0) {
                  let data8 = data7.secretRef;
                  if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                    if (data8.name === void 0) {
                      const err19 = { instancePath: instancePath + "/spec/credentials/secretRef", schemaPath: "#/properties/spec/properties/credentials/properties/secretRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err19];
                      } else {
                        vErrors.push(err19);
                      }
                      errors++;
                    }
                    for (const key4 in data8) {
                      if (!(key4 === "name")) {
                        const err20 = { instancePath: instancePath + "/spec/credentials/secretRef", schemaPath: "#/properties/spec/properties/credentials/properties/secretRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err20];
                        } else {
                          vErrors.push(err20);
                        }
                        errors++;
                      }
                    }
                    if (data8.name !== void 0) {
                      let data9 = data8.name;
                      if (typeof data9 === "string") {
                        if (func3(data9) > 253) {
                          const err21 = { instancePath: instancePath + "/spec/credentials/secretRef/name", schemaPath: "#/properties/spec/properties/credentials/properties/secretRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                          if (vErrors === null) {
                            vErrors = [err21];
                          } else {
                            vErrors.push(err21);
                          }
                          errors++;
                        }
                        if (!pattern1.test(data9)) {
                          const err22 = { instancePath: instancePath + "/spec/credentials/secretRef/name", schemaPath: "#/properties/spec/properties/credentials/properties/secretRef/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"' };
                          if (vErrors === null) {
                            vErrors = [err22];
                          } else {
                            vErrors.push(err22);
                          }
                          errors++;
                        }
                      } else {
                        const err23 = { instancePath: instancePath + "/spec/credentials/secretRef/name", schemaPath: "#/properties/spec/properties/credentials/properties/secretRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err23];
                        } else {
                          vErrors.push(err23);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err24 = { instancePath: instancePath + "/spec/credentials/secretRef", schemaPath: "#/properties/spec/properties/credentials/properties/secretRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                }
                if (data7.method !== void 0) {
                  let data10 = data7.method;
                  if (typeof data10 !== "string") {
                    const err25 = { instancePath: instancePath + "/spec/credentials/method", schemaPath: "#/properties/spec/properties/credentials/properties/method/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err25];
                    } else {
                      vErrors.push(err25);
                    }
                    errors++;
                  }
                  if (!(data10 === "Password" || data10 === "TokenByPassword")) {
                    const err26 = { instancePath: instancePath + "/spec/credentials/method", schemaPath: "#/properties/spec/properties/credentials/properties/method/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.credentials.properties.method.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err26];
                    } else {
                      vErrors.push(err26);
                    }
                    errors++;
                  }
                }
              } else {
                const err27 = { instancePath: instancePath + "/spec/credentials", schemaPath: "#/properties/spec/properties/credentials/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err27];
                } else {
                  vErrors.push(err27);
                }
                errors++;
              }
            }
            if (data3.tls !== void 0) {
              let data11 = data3.tls;
              if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
                for (const key5 in data11) {
                  if (!(key5 === "caBundle" || key5 === "sha256Fingerprints" || key5 === "insecureSkipVerify")) {
                    const err28 = { instancePath: instancePath + "/spec/tls", schemaPath: "#/properties/spec/properties/tls/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err28];
                    } else {
                      vErrors.push(err28);
                    }
                    errors++;
                  }
                }
                if (data11.caBundle !== void 0) {
                  let data12 = data11.caBundle;
                  if (typeof data12 === "string") {
                    if (func3(data12) > 65536) {
                      const err29 = { instancePath: instancePath + "/spec/tls/caBundle", schemaPath: "#/properties/spec/properties/tls/properties/caBundle/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                      if (vErrors === null) {
                        vErrors = [err29];
                      } else {
                        vErrors.push(err29);
                      }
                      errors++;
                    }
                    if (func3(data12) < 1) {
                      const err30 = { instancePath: instancePath + "/spec/tls/caBundle", schemaPath: "#/properties/spec/properties/tls/properties/caBundle/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err30];
                      } else {
                        vErrors.push(err30);
                      }
                      errors++;
                    }
                  } else {
                    const err31 = { instancePath: instancePath + "/spec/tls/caBundle", schemaPath: "#/properties/spec/properties/tls/properties/caBundle/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err31];
                    } else {
                      vErrors.push(err31);
                    }
                    errors++;
                  }
                }
                if (data11.sha256Fingerprints !== void 0) {
                  let data13 = data11.sha256Fingerprints;
                  if (Array.isArray(data13)) {
                    if (data13.length > 4) {
                      const err32 = { instancePath: instancePath + "/spec/tls/sha256Fingerprints", schemaPath: "#/properties/spec/properties/tls/properties/sha256Fingerprints/maxItems", keyword: "maxItems", params: { limit: 4 }, message: "must NOT have more than 4 items" };
                      if (vErrors === null) {
                        vErrors = [err32];
                      } else {
                        vErrors.push(err32);
                      }
                      errors++;
                    }
                    if (data13.length < 1) {
                      const err33 = { instancePath: instancePath + "/spec/tls/sha256Fingerprints", schemaPath: "#/properties/spec/properties/tls/properties/sha256Fingerprints/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                      if (vErrors === null) {
                        vErrors = [err33];
                      } else {
                        vErrors.push(err33);
                      }
                      errors++;
                    }
                    const len0 = data13.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      let data14 = data13[i0];
                      if (typeof data14 === "string") {
                        if (func3(data14) > 95) {
                          const err34 = { instancePath: instancePath + "/spec/tls/sha256Fingerprints/" + i0, schemaPath: "#/properties/spec/properties/tls/properties/sha256Fingerprints/items/maxLength", keyword: "maxLength", params: { limit: 95 }, message: "must NOT have more than 95 characters" };
                          if (vErrors === null) {
                            vErrors = [err34];
                          } else {
                            vErrors.push(err34);
                          }
                          errors++;
                        }
                        if (!pattern2.test(data14)) {
                          const err35 = { instancePath: instancePath + "/spec/tls/sha256Fingerprints/" + i0, schemaPath: "#/properties/spec/properties/tls/properties/sha256Fingerprints/items/pattern", keyword: "pattern", params: { pattern: "^([0-9A-F]{2}:){31}[0-9A-F]{2}$" }, message: 'must match pattern "^([0-9A-F]{2}:){31}[0-9A-F]{2}$"' };
                          if (vErrors === null) {
                            vErrors = [err35];
                          } else {
                            vErrors.push(err35);
                          }
                          errors++;
                        }
                      } else {
                        const err36 = { instancePath: instancePath + "/spec/tls/sha256Fingerprints/" + i0, schemaPath: "#/properties/spec/properties/tls/properties/sha256Fingerprints/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err36];
                        } else {
                          vErrors.push(err36);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err37 = { instancePath: instancePath + "/spec/tls/sha256Fingerprints", schemaPath: "#/properties/spec/properties/tls/properties/sha256Fingerprints/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err37];
                    } else {
                      vErrors.push(err37);
                    }
                    errors++;
                  }
                }
                if (data11.insecureSkipVerify !== void 0) {
                  if (typeof data11.insecureSkipVerify !== "boolean") {
                    const err38 = { instancePath: instancePath + "/spec/tls/insecureSkipVerify", schemaPath: "#/properties/spec/properties/tls/properties/insecureSkipVerify/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err38];
                    } else {
                      vErrors.push(err38);
                    }
                    errors++;
                  }
                }
              } else {
                const err39 = { instancePath: instancePath + "/spec/tls", schemaPath: "#/properties/spec/properties/tls/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
            }
            if (data3.namespaceSelector !== void 0) {
              let data16 = data3.namespaceSelector;
              if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
                for (const key6 in data16) {
                  if (!(key6 === "matchLabels" || key6 === "matchExpressions")) {
                    const err40 = { instancePath: instancePath + "/spec/namespaceSelector", schemaPath: "#/properties/spec/properties/namespaceSelector/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err40];
                    } else {
                      vErrors.push(err40);
                    }
                    errors++;
                  }
                }
                if (data16.matchLabels !== void 0) {
                  let data17 = data16.matchLabels;
                  if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
                    if (Object.keys(data17).length > 16) {
                      const err41 = { instancePath: instancePath + "/spec/namespaceSelector/matchLabels", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchLabels/maxProperties", keyword: "maxProperties", params: { limit: 16 }, message: "must NOT have more than 16 properties" };
                      if (vErrors === null) {
                        vErrors = [err41];
                      } else {
                        vErrors.push(err41);
                      }
                      errors++;
                    }
                    for (const key7 in data17) {
                      let data18 = data17[key7];
                      if (typeof data18 === "string") {
                        if (func3(data18) > 63) {
                          const err42 = { instancePath: instancePath + "/spec/namespaceSelector/matchLabels/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchLabels/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                          if (vErrors === null) {
                            vErrors = [err42];
                          } else {
                            vErrors.push(err42);
                          }
                          errors++;
                        }
                        if (!pattern3.test(data18)) {
                          const err43 = { instancePath: instancePath + "/spec/namespaceSelector/matchLabels/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchLabels/additionalProperties/pattern", keyword: "pattern", params: { pattern: "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" }, message: 'must match pattern "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"' };
                          if (vErrors === null) {
                            vErrors = [err43];
                          } else {
                            vErrors.push(err43);
                          }
                          errors++;
                        }
                      } else {
                        const err44 = { instancePath: instancePath + "/spec/namespaceSelector/matchLabels/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchLabels/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err44];
                        } else {
                          vErrors.push(err44);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err45 = { instancePath: instancePath + "/spec/namespaceSelector/matchLabels", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchLabels/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err45];
                    } else {
                      vErrors.push(err45);
                    }
                    errors++;
                  }
                }
                if (data16.matchExpressions !== void 0) {
                  let data19 = data16.matchExpressions;
                  if (Array.isArray(data19)) {
                    if (data19.length > 16) {
                      const err46 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
                      if (vErrors === null) {
                        vErrors = [err46];
                      } else {
                        vErrors.push(err46);
                      }
                      errors++;
                    }
                    const len1 = data19.length;
                    for (let i1 = 0; i1 < len1; i1++) {
                      let data20 = data19[i1];
                      if (data20 && typeof data20 == "object" && !Array.isArray(data20)) {
                        if (data20.key === void 0) {
                          const err47 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                          if (vErrors === null) {
                            vErrors = [err47];
                          } else {
                            vErrors.push(err47);
                          }
                          errors++;
                        }
                        if (data20.operator === void 0) {
                          const err48 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/required", keyword: "required", params: { missingProperty: "operator" }, message: "must have required property 'operator'" };
                          if (vErrors === null) {
                            vErrors = [err48];
                          } else {
                            vErrors.push(err48);
                          }
                          errors++;
                        }
                        for (const key8 in data20) {
                          if (!(key8 === "key" || key8 === "operator" || key8 === "values")) {
                            const err49 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err49];
                            } else {
                              vErrors.push(err49);
                            }
                            errors++;
                          }
                        }
                        if (data20.key !== void 0) {
                          let data21 = data20.key;
                          if (typeof data21 === "string") {
                            if (func3(data21) > 317) {
                              const err50 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/key", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/key/maxLength", keyword: "maxLength", params: { limit: 317 }, message: "must NOT have more than 317 characters" };
                              if (vErrors === null) {
                                vErrors = [err50];
                              } else {
                                vErrors.push(err50);
                              }
                              errors++;
                            }
                            if (!pattern4.test(data21)) {
                              const err51 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/key", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/key/pattern", keyword: "pattern", params: { pattern: "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$" }, message: 'must match pattern "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"' };
                              if (vErrors === null) {
                                vErrors = [err51];
                              } else {
                                vErrors.push(err51);
                              }
                              errors++;
                            }
                          } else {
                            const err52 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/key", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err52];
                            } else {
                              vErrors.push(err52);
                            }
                            errors++;
                          }
                        }
                        if (data20.operator !== void 0) {
                          let data22 = data20.operator;
                          if (typeof data22 !== "string") {
                            const err53 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/operator", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/operator/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err53];
                            } else {
                              vErrors.push(err53);
                            }
                            errors++;
                          }
                          if (!(data22 === "In" || data22 === "NotIn" || data22 === "Exists" || data22 === "DoesNotExist")) {
                            const err54 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/operator", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/operator/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.namespaceSelector.properties.matchExpressions.items.properties.operator.enum }, message: "must be equal to one of the allowed values" };
                            if (vErrors === null) {
                              vErrors = [err54];
                            } else {
                              vErrors.push(err54);
                            }
                            errors++;
                          }
                        }
                        if (data20.values !== void 0) {
                          let data23 = data20.values;
                          if (Array.isArray(data23)) {
                            if (data23.length > 32) {
                              const err55 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/values", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/values/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                              if (vErrors === null) {
                                vErrors = [err55];
                              } else {
                                vErrors.push(err55);
                              }
                              errors++;
                            }
                            const len2 = data23.length;
                            for (let i2 = 0; i2 < len2; i2++) {
                              let data24 = data23[i2];
                              if (typeof data24 === "string") {
                                if (func3(data24) > 63) {
                                  const err56 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/values/" + i2, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/values/items/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err56];
                                  } else {
                                    vErrors.push(err56);
                                  }
                                  errors++;
                                }
                                if (!pattern3.test(data24)) {
                                  const err57 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/values/" + i2, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/values/items/pattern", keyword: "pattern", params: { pattern: "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" }, message: 'must match pattern "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"' };
                                  if (vErrors === null) {
                                    vErrors = [err57];
                                  } else {
                                    vErrors.push(err57);
                                  }
                                  errors++;
                                }
                              } else {
                                const err58 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/values/" + i2, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/values/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err58];
                                } else {
                                  vErrors.push(err58);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err59 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1 + "/values", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/properties/values/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                            if (vErrors === null) {
                              vErrors = [err59];
                            } else {
                              vErrors.push(err59);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err60 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions/" + i1, schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err60];
                        } else {
                          vErrors.push(err60);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err61 = { instancePath: instancePath + "/spec/namespaceSelector/matchExpressions", schemaPath: "#/properties/spec/properties/namespaceSelector/properties/matchExpressions/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err61];
                    } else {
                      vErrors.push(err61);
                    }
                    errors++;
                  }
                }
              } else {
                const err62 = { instancePath: instancePath + "/spec/namespaceSelector", schemaPath: "#/properties/spec/properties/namespaceSelector/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err62];
                } else {
                  vErrors.push(err62);
                }
                errors++;
              }
            }
            if (data3.clusterName !== void 0) {
              let data25 = data3.clusterName;
              if (typeof data25 === "string") {
                if (func3(data25) > 40) {
                  const err63 = { instancePath: instancePath + "/spec/clusterName", schemaPath: "#/properties/spec/properties/clusterName/maxLength", keyword: "maxLength", params: { limit: 40 }, message: "must NOT have more than 40 characters" };
                  if (vErrors === null) {
                    vErrors = [err63];
                  } else {
                    vErrors.push(err63);
                  }
                  errors++;
                }
                if (!pattern6.test(data25)) {
                  const err64 = { instancePath: instancePath + "/spec/clusterName", schemaPath: "#/properties/spec/properties/clusterName/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                  if (vErrors === null) {
                    vErrors = [err64];
                  } else {
                    vErrors.push(err64);
                  }
                  errors++;
                }
              } else {
                const err65 = { instancePath: instancePath + "/spec/clusterName", schemaPath: "#/properties/spec/properties/clusterName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
            }
            if (data3.defaults !== void 0) {
              let data26 = data3.defaults;
              if (data26 && typeof data26 == "object" && !Array.isArray(data26)) {
                for (const key9 in data26) {
                  if (!(key9 === "placement")) {
                    const err66 = { instancePath: instancePath + "/spec/defaults", schemaPath: "#/properties/spec/properties/defaults/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err66];
                    } else {
                      vErrors.push(err66);
                    }
                    errors++;
                  }
                }
                if (data26.placement !== void 0) {
                  let data27 = data26.placement;
                  if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
                    for (const key10 in data27) {
                      if (!(key10 === "datacenter" || key10 === "cluster" || key10 === "resourcePool" || key10 === "folder" || key10 === "datastore" || key10 === "datastoreCluster" || key10 === "storagePolicy")) {
                        const err67 = { instancePath: instancePath + "/spec/defaults/placement", schemaPath: "#/properties/spec/properties/defaults/properties/placement/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err67];
                        } else {
                          vErrors.push(err67);
                        }
                        errors++;
                      }
                    }
                    if (data27.datacenter !== void 0) {
                      let data28 = data27.datacenter;
                      if (typeof data28 === "string") {
                        if (func3(data28) > 2048) {
                          const err68 = { instancePath: instancePath + "/spec/defaults/placement/datacenter", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datacenter/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err68];
                          } else {
                            vErrors.push(err68);
                          }
                          errors++;
                        }
                        if (func3(data28) < 1) {
                          const err69 = { instancePath: instancePath + "/spec/defaults/placement/datacenter", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datacenter/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err69];
                          } else {
                            vErrors.push(err69);
                          }
                          errors++;
                        }
                      } else {
                        const err70 = { instancePath: instancePath + "/spec/defaults/placement/datacenter", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datacenter/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err70];
                        } else {
                          vErrors.push(err70);
                        }
                        errors++;
                      }
                    }
                    if (data27.cluster !== void 0) {
                      let data29 = data27.cluster;
                      if (typeof data29 === "string") {
                        if (func3(data29) > 2048) {
                          const err71 = { instancePath: instancePath + "/spec/defaults/placement/cluster", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/cluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err71];
                          } else {
                            vErrors.push(err71);
                          }
                          errors++;
                        }
                        if (func3(data29) < 1) {
                          const err72 = { instancePath: instancePath + "/spec/defaults/placement/cluster", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/cluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err72];
                          } else {
                            vErrors.push(err72);
                          }
                          errors++;
                        }
                      } else {
                        const err73 = { instancePath: instancePath + "/spec/defaults/placement/cluster", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/cluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err73];
                        } else {
                          vErrors.push(err73);
                        }
                        errors++;
                      }
                    }
                    if (data27.resourcePool !== void 0) {
                      let data30 = data27.resourcePool;
                      if (typeof data30 === "string") {
                        if (func3(data30) > 2048) {
                          const err74 = { instancePath: instancePath + "/spec/defaults/placement/resourcePool", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/resourcePool/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err74];
                          } else {
                            vErrors.push(err74);
                          }
                          errors++;
                        }
                        if (func3(data30) < 1) {
                          const err75 = { instancePath: instancePath + "/spec/defaults/placement/resourcePool", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/resourcePool/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err75];
                          } else {
                            vErrors.push(err75);
                          }
                          errors++;
                        }
                      } else {
                        const err76 = { instancePath: instancePath + "/spec/defaults/placement/resourcePool", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/resourcePool/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err76];
                        } else {
                          vErrors.push(err76);
                        }
                        errors++;
                      }
                    }
                    if (data27.folder !== void 0) {
                      let data31 = data27.folder;
                      if (typeof data31 === "string") {
                        if (func3(data31) > 2048) {
                          const err77 = { instancePath: instancePath + "/spec/defaults/placement/folder", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/folder/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err77];
                          } else {
                            vErrors.push(err77);
                          }
                          errors++;
                        }
                        if (func3(data31) < 1) {
                          const err78 = { instancePath: instancePath + "/spec/defaults/placement/folder", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/folder/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err78];
                          } else {
                            vErrors.push(err78);
                          }
                          errors++;
                        }
                      } else {
                        const err79 = { instancePath: instancePath + "/spec/defaults/placement/folder", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/folder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err79];
                        } else {
                          vErrors.push(err79);
                        }
                        errors++;
                      }
                    }
                    if (data27.datastore !== void 0) {
                      let data32 = data27.datastore;
                      if (typeof data32 === "string") {
                        if (func3(data32) > 2048) {
                          const err80 = { instancePath: instancePath + "/spec/defaults/placement/datastore", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datastore/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err80];
                          } else {
                            vErrors.push(err80);
                          }
                          errors++;
                        }
                        if (func3(data32) < 1) {
                          const err81 = { instancePath: instancePath + "/spec/defaults/placement/datastore", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datastore/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err81];
                          } else {
                            vErrors.push(err81);
                          }
                          errors++;
                        }
                      } else {
                        const err82 = { instancePath: instancePath + "/spec/defaults/placement/datastore", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datastore/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err82];
                        } else {
                          vErrors.push(err82);
                        }
                        errors++;
                      }
                    }
                    if (data27.datastoreCluster !== void 0) {
                      let data33 = data27.datastoreCluster;
                      if (typeof data33 === "string") {
                        if (func3(data33) > 2048) {
                          const err83 = { instancePath: instancePath + "/spec/defaults/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datastoreCluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err83];
                          } else {
                            vErrors.push(err83);
                          }
                          errors++;
                        }
                        if (func3(data33) < 1) {
                          const err84 = { instancePath: instancePath + "/spec/defaults/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datastoreCluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err84];
                          } else {
                            vErrors.push(err84);
                          }
                          errors++;
                        }
                      } else {
                        const err85 = { instancePath: instancePath + "/spec/defaults/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/datastoreCluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err85];
                        } else {
                          vErrors.push(err85);
                        }
                        errors++;
                      }
                    }
                    if (data27.storagePolicy !== void 0) {
                      let data34 = data27.storagePolicy;
                      if (typeof data34 === "string") {
                        if (func3(data34) > 255) {
                          const err86 = { instancePath: instancePath + "/spec/defaults/placement/storagePolicy", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/storagePolicy/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                          if (vErrors === null) {
                            vErrors = [err86];
                          } else {
                            vErrors.push(err86);
                          }
                          errors++;
                        }
                        if (func3(data34) < 1) {
                          const err87 = { instancePath: instancePath + "/spec/defaults/placement/storagePolicy", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/storagePolicy/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err87];
                          } else {
                            vErrors.push(err87);
                          }
                          errors++;
                        }
                      } else {
                        const err88 = { instancePath: instancePath + "/spec/defaults/placement/storagePolicy", schemaPath: "#/properties/spec/properties/defaults/properties/placement/properties/storagePolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err88];
                        } else {
                          vErrors.push(err88);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err89 = { instancePath: instancePath + "/spec/defaults/placement", schemaPath: "#/properties/spec/properties/defaults/properties/placement/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err89];
                    } else {
                      vErrors.push(err89);
                    }
                    errors++;
                  }
                }
              } else {
                const err90 = { instancePath: instancePath + "/spec/defaults", schemaPath: "#/properties/spec/properties/defaults/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err90];
                } else {
                  vErrors.push(err90);
                }
                errors++;
              }
            }
            if (data3.failureDomains !== void 0) {
              let data35 = data3.failureDomains;
              if (Array.isArray(data35)) {
                if (data35.length > 16) {
                  const err91 = { instancePath: instancePath + "/spec/failureDomains", schemaPath: "#/properties/spec/properties/failureDomains/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
                  if (vErrors === null) {
                    vErrors = [err91];
                  } else {
                    vErrors.push(err91);
                  }
                  errors++;
                }
                const len3 = data35.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data36 = data35[i3];
                  if (data36 && typeof data36 == "object" && !Array.isArray(data36)) {
                    if (data36.name === void 0) {
                      const err92 = { instancePath: instancePath + "/spec/failureDomains/" + i3, schemaPath: "#/properties/spec/properties/failureDomains/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err92];
                      } else {
                        vErrors.push(err92);
                      }
                      errors++;
                    }
                    for (const key11 in data36) {
                      if (!(key11 === "name" || key11 === "cluster" || key11 === "resourcePool" || key11 === "datastore" || key11 === "datastoreCluster" || key11 === "hostGroup")) {
                        const err93 = { instancePath: instancePath + "/spec/failureDomains/" + i3, schemaPath: "#/properties/spec/properties/failureDomains/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err93];
                        } else {
                          vErrors.push(err93);
                        }
                        errors++;
                      }
                    }
                    if (data36.name !== void 0) {
                      let data37 = data36.name;
                      if (typeof data37 === "string") {
                        if (func3(data37) > 63) {
                          const err94 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/name", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                          if (vErrors === null) {
                            vErrors = [err94];
                          } else {
                            vErrors.push(err94);
                          }
                          errors++;
                        }
                        if (!pattern6.test(data37)) {
                          const err95 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/name", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                          if (vErrors === null) {
                            vErrors = [err95];
                          } else {
                            vErrors.push(err95);
                          }
                          errors++;
                        }
                      } else {
                        const err96 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/name", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err96];
                        } else {
                          vErrors.push(err96);
                        }
                        errors++;
                      }
                    }
                    if (data36.cluster !== void 0) {
                      let data38 = data36.cluster;
                      if (typeof data38 === "string") {
                        if (func3(data38) > 2048) {
                          const err97 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/cluster", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/cluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err97];
                          } else {
                            vErrors.push(err97);
                          }
                          errors++;
                        }
                        if (func3(data38) < 1) {
                          const err98 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/cluster", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/cluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err98];
                          } else {
                            vErrors.push(err98);
                          }
                          errors++;
                        }
                      } else {
                        const err99 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/cluster", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/cluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err99];
                        } else {
                          vErrors.push(err99);
                        }
                        errors++;
                      }
                    }
                    if (data36.resourcePool !== void 0) {
                      let data39 = data36.resourcePool;
                      if (typeof data39 === "string") {
                        if (func3(data39) > 2048) {
                          const err100 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/resourcePool", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/resourcePool/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err100];
                          } else {
                            vErrors.push(err100);
                          }
                          errors++;
                        }
                        if (func3(data39) < 1) {
                          const err101 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/resourcePool", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/resourcePool/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err101];
                          } else {
                            vErrors.push(err101);
                          }
                          errors++;
                        }
                      } else {
                        const err102 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/resourcePool", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/resourcePool/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err102];
                        } else {
                          vErrors.push(err102);
                        }
                        errors++;
                      }
                    }
                    if (data36.datastore !== void 0) {
                      let data40 = data36.datastore;
                      if (typeof data40 === "string") {
                        if (func3(data40) > 2048) {
                          const err103 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/datastore", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/datastore/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err103];
                          } else {
                            vErrors.push(err103);
                          }
                          errors++;
                        }
                        if (func3(data40) < 1) {
                          const err104 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/datastore", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/datastore/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err104];
                          } else {
                            vErrors.push(err104);
                          }
                          errors++;
                        }
                      } else {
                        const err105 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/datastore", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/datastore/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err105];
                        } else {
                          vErrors.push(err105);
                        }
                        errors++;
                      }
                    }
                    if (data36.datastoreCluster !== void 0) {
                      let data41 = data36.datastoreCluster;
                      if (typeof data41 === "string") {
                        if (func3(data41) > 2048) {
                          const err106 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/datastoreCluster", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/datastoreCluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err106];
                          } else {
                            vErrors.push(err106);
                          }
                          errors++;
                        }
                        if (func3(data41) < 1) {
                          const err107 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/datastoreCluster", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/datastoreCluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err107];
                          } else {
                            vErrors.push(err107);
                          }
                          errors++;
                        }
                      } else {
                        const err108 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/datastoreCluster", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/datastoreCluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err108];
                        } else {
                          vErrors.push(err108);
                        }
                        errors++;
                      }
                    }
                    if (data36.hostGroup !== void 0) {
                      let data42 = data36.hostGroup;
                      if (typeof data42 === "string") {
                        if (func3(data42) > 80) {
                          const err109 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/hostGroup", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/hostGroup/maxLength", keyword: "maxLength", params: { limit: 80 }, message: "must NOT have more than 80 characters" };
                          if (vErrors === null) {
                            vErrors = [err109];
                          } else {
                            vErrors.push(err109);
                          }
                          errors++;
                        }
                        if (func3(data42) < 1) {
                          const err110 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/hostGroup", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/hostGroup/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err110];
                          } else {
                            vErrors.push(err110);
                          }
                          errors++;
                        }
                      } else {
                        const err111 = { instancePath: instancePath + "/spec/failureDomains/" + i3 + "/hostGroup", schemaPath: "#/properties/spec/properties/failureDomains/items/properties/hostGroup/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err111];
                        } else {
                          vErrors.push(err111);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err112 = { instancePath: instancePath + "/spec/failureDomains/" + i3, schemaPath: "#/properties/spec/properties/failureDomains/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err112];
                    } else {
                      vErrors.push(err112);
                    }
                    errors++;
                  }
                }
              } else {
                const err113 = { instancePath: instancePath + "/spec/failureDomains", schemaPath: "#/properties/spec/properties/failureDomains/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err113];
                } else {
                  vErrors.push(err113);
                }
                errors++;
              }
            }
            if (data3.allowed !== void 0) {
              let data43 = data3.allowed;
              if (data43 && typeof data43 == "object" && !Array.isArray(data43)) {
                for (const key12 in data43) {
                  if (!func2.call(schema11.properties.spec.properties.allowed.properties, key12)) {
                    const err114 = { instancePath: instancePath + "/spec/allowed", schemaPath: "#/properties/spec/properties/allowed/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err114];
                    } else {
                      vErrors.push(err114);
                    }
                    errors++;
                  }
                }
                if (data43.templates !== void 0) {
                  let data44 = data43.templates;
                  if (Array.isArray(data44)) {
                    if (data44.length > 64) {
                      const err115 = { instancePath: instancePath + "/spec/allowed/templates", schemaPath: "#/properties/spec/properties/allowed/properties/templates/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err115];
                      } else {
                        vErrors.push(err115);
                      }
                      errors++;
                    }
                    const len4 = data44.length;
                    for (let i4 = 0; i4 < len4; i4++) {
                      let data45 = data44[i4];
                      if (typeof data45 === "string") {
                        if (func3(data45) > 512) {
                          const err116 = { instancePath: instancePath + "/spec/allowed/templates/" + i4, schemaPath: "#/properties/spec/properties/allowed/properties/templates/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err116];
                          } else {
                            vErrors.push(err116);
                          }
                          errors++;
                        }
                        if (!pattern8.test(data45)) {
                          const err117 = { instancePath: instancePath + "/spec/allowed/templates/" + i4, schemaPath: "#/properties/spec/properties/allowed/properties/templates/items/pattern", keyword: "pattern", params: { pattern: "^(/|\\*\\*)" }, message: 'must match pattern "^(/|\\*\\*)"' };
                          if (vErrors === null) {
                            vErrors = [err117];
                          } else {
                            vErrors.push(err117);
                          }
                          errors++;
                        }
                      } else {
                        const err118 = { instancePath: instancePath + "/spec/allowed/templates/" + i4, schemaPath: "#/properties/spec/properties/allowed/properties/templates/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err118];
                        } else {
                          vErrors.push(err118);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err119 = { instancePath: instancePath + "/spec/allowed/templates", schemaPath: "#/properties/spec/properties/allowed/properties/templates/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err119];
                    } else {
                      vErrors.push(err119);
                    }
                    errors++;
                  }
                }
                if (data43.resourcePools !== void 0) {
                  let data46 = data43.resourcePools;
                  if (Array.isArray(data46)) {
                    if (data46.length > 64) {
                      const err120 = { instancePath: instancePath + "/spec/allowed/resourcePools", schemaPath: "#/properties/spec/properties/allowed/properties/resourcePools/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err120];
                      } else {
                        vErrors.push(err120);
                      }
                      errors++;
                    }
                    const len5 = data46.length;
                    for (let i5 = 0; i5 < len5; i5++) {
                      let data47 = data46[i5];
                      if (typeof data47 === "string") {
                        if (func3(data47) > 512) {
                          const err121 = { instancePath: instancePath + "/spec/allowed/resourcePools/" + i5, schemaPath: "#/properties/spec/properties/allowed/properties/resourcePools/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err121];
                          } else {
                            vErrors.push(err121);
                          }
                          errors++;
                        }
                        if (!pattern8.test(data47)) {
                          const err122 = { instancePath: instancePath + "/spec/allowed/resourcePools/" + i5, schemaPath: "#/properties/spec/properties/allowed/properties/resourcePools/items/pattern", keyword: "pattern", params: { pattern: "^(/|\\*\\*)" }, message: 'must match pattern "^(/|\\*\\*)"' };
                          if (vErrors === null) {
                            vErrors = [err122];
                          } else {
                            vErrors.push(err122);
                          }
                          errors++;
                        }
                      } else {
                        const err123 = { instancePath: instancePath + "/spec/allowed/resourcePools/" + i5, schemaPath: "#/properties/spec/properties/allowed/properties/resourcePools/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err123];
                        } else {
                          vErrors.push(err123);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err124 = { instancePath: instancePath + "/spec/allowed/resourcePools", schemaPath: "#/properties/spec/properties/allowed/properties/resourcePools/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err124];
                    } else {
                      vErrors.push(err124);
                    }
                    errors++;
                  }
                }
                if (data43.folders !== void 0) {
                  let data48 = data43.folders;
                  if (Array.isArray(data48)) {
                    if (data48.length > 64) {
                      const err125 = { instancePath: instancePath + "/spec/allowed/folders", schemaPath: "#/properties/spec/properties/allowed/properties/folders/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err125];
                      } else {
                        vErrors.push(err125);
                      }
                      errors++;
                    }
                    const len6 = data48.length;
                    for (let i6 = 0; i6 < len6; i6++) {
                      let data49 = data48[i6];
                      if (typeof data49 === "string") {
                        if (func3(data49) > 512) {
                          const err126 = { instancePath: instancePath + "/spec/allowed/folders/" + i6, schemaPath: "#/properties/spec/properties/allowed/properties/folders/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err126];
                          } else {
                            vErrors.push(err126);
                          }
                          errors++;
                        }
                        if (!pattern8.test(data49)) {
                          const err127 = { instancePath: instancePath + "/spec/allowed/folders/" + i6, schemaPath: "#/properties/spec/properties/allowed/properties/folders/items/pattern", keyword: "pattern", params: { pattern: "^(/|\\*\\*)" }, message: 'must match pattern "^(/|\\*\\*)"' };
                          if (vErrors === null) {
                            vErrors = [err127];
                          } else {
                            vErrors.push(err127);
                          }
                          errors++;
                        }
                      } else {
                        const err128 = { instancePath: instancePath + "/spec/allowed/folders/" + i6, schemaPath: "#/properties/spec/properties/allowed/properties/folders/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err128];
                        } else {
                          vErrors.push(err128);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err129 = { instancePath: instancePath + "/spec/allowed/folders", schemaPath: "#/properties/spec/properties/allowed/properties/folders/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err129];
                    } else {
                      vErrors.push(err129);
                    }
                    errors++;
                  }
                }
                if (data43.datastores !== void 0) {
                  let data50 = data43.datastores;
                  if (Array.isArray(data50)) {
                    if (data50.length > 64) {
                      const err130 = { instancePath: instancePath + "/spec/allowed/datastores", schemaPath: "#/properties/spec/properties/allowed/properties/datastores/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err130];
                      } else {
                        vErrors.push(err130);
                      }
                      errors++;
                    }
                    const len7 = data50.length;
                    for (let i7 = 0; i7 < len7; i7++) {
                      let data51 = data50[i7];
                      if (typeof data51 === "string") {
                        if (func3(data51) > 512) {
                          const err131 = { instancePath: instancePath + "/spec/allowed/datastores/" + i7, schemaPath: "#/properties/spec/properties/allowed/properties/datastores/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err131];
                          } else {
                            vErrors.push(err131);
                          }
                          errors++;
                        }
                        if (!pattern8.test(data51)) {
                          const err132 = { instancePath: instancePath + "/spec/allowed/datastores/" + i7, schemaPath: "#/properties/spec/properties/allowed/properties/datastores/items/pattern", keyword: "pattern", params: { pattern: "^(/|\\*\\*)" }, message: 'must match pattern "^(/|\\*\\*)"' };
                          if (vErrors === null) {
                            vErrors = [err132];
                          } else {
                            vErrors.push(err132);
                          }
                          errors++;
                        }
                      } else {
                        const err133 = { instancePath: instancePath + "/spec/allowed/datastores/" + i7, schemaPath: "#/properties/spec/properties/allowed/properties/datastores/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err133];
                        } else {
                          vErrors.push(err133);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err134 = { instancePath: instancePath + "/spec/allowed/datastores", schemaPath: "#/properties/spec/properties/allowed/properties/datastores/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err134];
                    } else {
                      vErrors.push(err134);
                    }
                    errors++;
                  }
                }
                if (data43.networks !== void 0) {
                  let data52 = data43.networks;
                  if (Array.isArray(data52)) {
                    if (data52.length > 64) {
                      const err135 = { instancePath: instancePath + "/spec/allowed/networks", schemaPath: "#/properties/spec/properties/allowed/properties/networks/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err135];
                      } else {
                        vErrors.push(err135);
                      }
                      errors++;
                    }
                    const len8 = data52.length;
                    for (let i8 = 0; i8 < len8; i8++) {
                      let data53 = data52[i8];
                      if (typeof data53 === "string") {
                        if (func3(data53) > 512) {
                          const err136 = { instancePath: instancePath + "/spec/allowed/networks/" + i8, schemaPath: "#/properties/spec/properties/allowed/properties/networks/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err136];
                          } else {
                            vErrors.push(err136);
                          }
                          errors++;
                        }
                        if (!pattern8.test(data53)) {
                          const err137 = { instancePath: instancePath + "/spec/allowed/networks/" + i8, schemaPath: "#/properties/spec/properties/allowed/properties/networks/items/pattern", keyword: "pattern", params: { pattern: "^(/|\\*\\*)" }, message: 'must match pattern "^(/|\\*\\*)"' };
                          if (vErrors === null) {
                            vErrors = [err137];
                          } else {
                            vErrors.push(err137);
                          }
                          errors++;
                        }
                      } else {
                        const err138 = { instancePath: instancePath + "/spec/allowed/networks/" + i8, schemaPath: "#/properties/spec/properties/allowed/properties/networks/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err138];
                        } else {
                          vErrors.push(err138);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err139 = { instancePath: instancePath + "/spec/allowed/networks", schemaPath: "#/properties/spec/properties/allowed/properties/networks/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err139];
                    } else {
                      vErrors.push(err139);
                    }
                    errors++;
                  }
                }
                if (data43.storagePolicies !== void 0) {
                  let data54 = data43.storagePolicies;
                  if (Array.isArray(data54)) {
                    if (data54.length > 64) {
                      const err140 = { instancePath: instancePath + "/spec/allowed/storagePolicies", schemaPath: "#/properties/spec/properties/allowed/properties/storagePolicies/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err140];
                      } else {
                        vErrors.push(err140);
                      }
                      errors++;
                    }
                    const len9 = data54.length;
                    for (let i9 = 0; i9 < len9; i9++) {
                      let data55 = data54[i9];
                      if (typeof data55 === "string") {
                        if (func3(data55) > 512) {
                          const err141 = { instancePath: instancePath + "/spec/allowed/storagePolicies/" + i9, schemaPath: "#/properties/spec/properties/allowed/properties/storagePolicies/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err141];
                          } else {
                            vErrors.push(err141);
                          }
                          errors++;
                        }
                        if (func3(data55) < 1) {
                          const err142 = { instancePath: instancePath + "/spec/allowed/storagePolicies/" + i9, schemaPath: "#/properties/spec/properties/allowed/properties/storagePolicies/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err142];
                          } else {
                            vErrors.push(err142);
                          }
                          errors++;
                        }
                      } else {
                        const err143 = { instancePath: instancePath + "/spec/allowed/storagePolicies/" + i9, schemaPath: "#/properties/spec/properties/allowed/properties/storagePolicies/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err143];
                        } else {
                          vErrors.push(err143);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err144 = { instancePath: instancePath + "/spec/allowed/storagePolicies", schemaPath: "#/properties/spec/properties/allowed/properties/storagePolicies/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err144];
                    } else {
                      vErrors.push(err144);
                    }
                    errors++;
                  }
                }
                if (data43.tags !== void 0) {
                  let data56 = data43.tags;
                  if (Array.isArray(data56)) {
                    if (data56.length > 64) {
                      const err145 = { instancePath: instancePath + "/spec/allowed/tags", schemaPath: "#/properties/spec/properties/allowed/properties/tags/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err145];
                      } else {
                        vErrors.push(err145);
                      }
                      errors++;
                    }
                    const len10 = data56.length;
                    for (let i10 = 0; i10 < len10; i10++) {
                      let data57 = data56[i10];
                      if (typeof data57 === "string") {
                        if (func3(data57) > 512) {
                          const err146 = { instancePath: instancePath + "/spec/allowed/tags/" + i10, schemaPath: "#/properties/spec/properties/allowed/properties/tags/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err146];
                          } else {
                            vErrors.push(err146);
                          }
                          errors++;
                        }
                        if (func3(data57) < 1) {
                          const err147 = { instancePath: instancePath + "/spec/allowed/tags/" + i10, schemaPath: "#/properties/spec/properties/allowed/properties/tags/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err147];
                          } else {
                            vErrors.push(err147);
                          }
                          errors++;
                        }
                      } else {
                        const err148 = { instancePath: instancePath + "/spec/allowed/tags/" + i10, schemaPath: "#/properties/spec/properties/allowed/properties/tags/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err148];
                        } else {
                          vErrors.push(err148);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err149 = { instancePath: instancePath + "/spec/allowed/tags", schemaPath: "#/properties/spec/properties/allowed/properties/tags/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err149];
                    } else {
                      vErrors.push(err149);
                    }
                    errors++;
                  }
                }
                if (data43.extraConfigKeys !== void 0) {
                  let data58 = data43.extraConfigKeys;
                  if (Array.isArray(data58)) {
                    if (data58.length > 64) {
                      const err150 = { instancePath: instancePath + "/spec/allowed/extraConfigKeys", schemaPath: "#/properties/spec/properties/allowed/properties/extraConfigKeys/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err150];
                      } else {
                        vErrors.push(err150);
                      }
                      errors++;
                    }
                    const len11 = data58.length;
                    for (let i11 = 0; i11 < len11; i11++) {
                      let data59 = data58[i11];
                      if (typeof data59 === "string") {
                        if (func3(data59) > 512) {
                          const err151 = { instancePath: instancePath + "/spec/allowed/extraConfigKeys/" + i11, schemaPath: "#/properties/spec/properties/allowed/properties/extraConfigKeys/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err151];
                          } else {
                            vErrors.push(err151);
                          }
                          errors++;
                        }
                        if (func3(data59) < 1) {
                          const err152 = { instancePath: instancePath + "/spec/allowed/extraConfigKeys/" + i11, schemaPath: "#/properties/spec/properties/allowed/properties/extraConfigKeys/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err152];
                          } else {
                            vErrors.push(err152);
                          }
                          errors++;
                        }
                        if (!pattern13.test(data59)) {
                          const err153 = { instancePath: instancePath + "/spec/allowed/extraConfigKeys/" + i11, schemaPath: "#/properties/spec/properties/allowed/properties/extraConfigKeys/items/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_.*-]+$" }, message: 'must match pattern "^[A-Za-z0-9_.*-]+$"' };
                          if (vErrors === null) {
                            vErrors = [err153];
                          } else {
                            vErrors.push(err153);
                          }
                          errors++;
                        }
                      } else {
                        const err154 = { instancePath: instancePath + "/spec/allowed/extraConfigKeys/" + i11, schemaPath: "#/properties/spec/properties/allowed/properties/extraConfigKeys/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err154];
                        } else {
                          vErrors.push(err154);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err155 = { instancePath: instancePath + "/spec/allowed/extraConfigKeys", schemaPath: "#/properties/spec/properties/allowed/properties/extraConfigKeys/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err155];
                    } else {
                      vErrors.push(err155);
                    }
                    errors++;
                  }
                }
                if (data43.customizationSpecs !== void 0) {
                  let data60 = data43.customizationSpecs;
                  if (Array.isArray(data60)) {
                    if (data60.length > 64) {
                      const err156 = { instancePath: instancePath + "/spec/allowed/customizationSpecs", schemaPath: "#/properties/spec/properties/allowed/properties/customizationSpecs/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err156];
                      } else {
                        vErrors.push(err156);
                      }
                      errors++;
                    }
                    const len12 = data60.length;
                    for (let i12 = 0; i12 < len12; i12++) {
                      let data61 = data60[i12];
                      if (typeof data61 === "string") {
                        if (func3(data61) > 512) {
                          const err157 = { instancePath: instancePath + "/spec/allowed/customizationSpecs/" + i12, schemaPath: "#/properties/spec/properties/allowed/properties/customizationSpecs/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err157];
                          } else {
                            vErrors.push(err157);
                          }
                          errors++;
                        }
                        if (func3(data61) < 1) {
                          const err158 = { instancePath: instancePath + "/spec/allowed/customizationSpecs/" + i12, schemaPath: "#/properties/spec/properties/allowed/properties/customizationSpecs/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err158];
                          } else {
                            vErrors.push(err158);
                          }
                          errors++;
                        }
                      } else {
                        const err159 = { instancePath: instancePath + "/spec/allowed/customizationSpecs/" + i12, schemaPath: "#/properties/spec/properties/allowed/properties/customizationSpecs/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err159];
                        } else {
                          vErrors.push(err159);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err160 = { instancePath: instancePath + "/spec/allowed/customizationSpecs", schemaPath: "#/properties/spec/properties/allowed/properties/customizationSpecs/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err160];
                    } else {
                      vErrors.push(err160);
                    }
                    errors++;
                  }
                }
                if (data43.adoptableMachines !== void 0) {
                  let data62 = data43.adoptableMachines;
                  if (Array.isArray(data62)) {
                    if (data62.length > 64) {
                      const err161 = { instancePath: instancePath + "/spec/allowed/adoptableMachines", schemaPath: "#/properties/spec/properties/allowed/properties/adoptableMachines/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                      if (vErrors === null) {
                        vErrors = [err161];
                      } else {
                        vErrors.push(err161);
                      }
                      errors++;
                    }
                    const len13 = data62.length;
                    for (let i13 = 0; i13 < len13; i13++) {
                      let data63 = data62[i13];
                      if (typeof data63 === "string") {
                        if (func3(data63) > 512) {
                          const err162 = { instancePath: instancePath + "/spec/allowed/adoptableMachines/" + i13, schemaPath: "#/properties/spec/properties/allowed/properties/adoptableMachines/items/maxLength", keyword: "maxLength", params: { limit: 512 }, message: "must NOT have more than 512 characters" };
                          if (vErrors === null) {
                            vErrors = [err162];
                          } else {
                            vErrors.push(err162);
                          }
                          errors++;
                        }
                        if (!pattern8.test(data63)) {
                          const err163 = { instancePath: instancePath + "/spec/allowed/adoptableMachines/" + i13, schemaPath: "#/properties/spec/properties/allowed/properties/adoptableMachines/items/pattern", keyword: "pattern", params: { pattern: "^(/|\\*\\*)" }, message: 'must match pattern "^(/|\\*\\*)"' };
                          if (vErrors === null) {
                            vErrors = [err163];
                          } else {
                            vErrors.push(err163);
                          }
                          errors++;
                        }
                      } else {
                        const err164 = { instancePath: instancePath + "/spec/allowed/adoptableMachines/" + i13, schemaPath: "#/properties/spec/properties/allowed/properties/adoptableMachines/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err164];
                        } else {
                          vErrors.push(err164);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err165 = { instancePath: instancePath + "/spec/allowed/adoptableMachines", schemaPath: "#/properties/spec/properties/allowed/properties/adoptableMachines/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err165];
                    } else {
                      vErrors.push(err165);
                    }
                    errors++;
                  }
                }
              } else {
                const err166 = { instancePath: instancePath + "/spec/allowed", schemaPath: "#/properties/spec/properties/allowed/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err166];
                } else {
                  vErrors.push(err166);
                }
                errors++;
              }
            }
            if (data3.limits !== void 0) {
              let data64 = data3.limits;
              if (data64 && typeof data64 == "object" && !Array.isArray(data64)) {
                for (const key13 in data64) {
                  if (!(key13 === "maxConcurrentTasks" || key13 === "perVM" || key13 === "perNamespace" || key13 === "total")) {
                    const err167 = { instancePath: instancePath + "/spec/limits", schemaPath: "#/properties/spec/properties/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err167];
                    } else {
                      vErrors.push(err167);
                    }
                    errors++;
                  }
                }
                if (data64.maxConcurrentTasks !== void 0) {
                  let data65 = data64.maxConcurrentTasks;
                  if (!(typeof data65 == "number" && (!(data65 % 1) && !isNaN(data65)))) {
                    const err168 = { instancePath: instancePath + "/spec/limits/maxConcurrentTasks", schemaPath: "#/properties/spec/properties/limits/properties/maxConcurrentTasks/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err168];
                    } else {
                      vErrors.push(err168);
                    }
                    errors++;
                  }
                  if (typeof data65 == "number") {
                    if (data65 > 500 || isNaN(data65)) {
                      const err169 = { instancePath: instancePath + "/spec/limits/maxConcurrentTasks", schemaPath: "#/properties/spec/properties/limits/properties/maxConcurrentTasks/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                      if (vErrors === null) {
                        vErrors = [err169];
                      } else {
                        vErrors.push(err169);
                      }
                      errors++;
                    }
                    if (data65 < 0 || isNaN(data65)) {
                      const err170 = { instancePath: instancePath + "/spec/limits/maxConcurrentTasks", schemaPath: "#/properties/spec/properties/limits/properties/maxConcurrentTasks/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                      if (vErrors === null) {
                        vErrors = [err170];
                      } else {
                        vErrors.push(err170);
                      }
                      errors++;
                    }
                  }
                }
                if (data64.perVM !== void 0) {
                  let data66 = data64.perVM;
                  if (data66 && typeof data66 == "object" && !Array.isArray(data66)) {
                    for (const key14 in data66) {
                      if (!(key14 === "cpu" || key14 === "memoryGiB")) {
                        const err171 = { instancePath: instancePath + "/spec/limits/perVM", schemaPath: "#/properties/spec/properties/limits/properties/perVM/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err171];
                        } else {
                          vErrors.push(err171);
                        }
                        errors++;
                      }
                    }
                    if (data66.cpu !== void 0) {
                      let data67 = data66.cpu;
                      if (!(typeof data67 == "number" && (!(data67 % 1) && !isNaN(data67)))) {
                        const err172 = { instancePath: instancePath + "/spec/limits/perVM/cpu", schemaPath: "#/properties/spec/properties/limits/properties/perVM/properties/cpu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err172];
                        } else {
                          vErrors.push(err172);
                        }
                        errors++;
                      }
                      if (typeof data67 == "number") {
                        if (data67 > 960 || isNaN(data67)) {
                          const err173 = { instancePath: instancePath + "/spec/limits/perVM/cpu", schemaPath: "#/properties/spec/properties/limits/properties/perVM/properties/cpu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 960 }, message: "must be <= 960" };
                          if (vErrors === null) {
                            vErrors = [err173];
                          } else {
                            vErrors.push(err173);
                          }
                          errors++;
                        }
                        if (data67 < 1 || isNaN(data67)) {
                          const err174 = { instancePath: instancePath + "/spec/limits/perVM/cpu", schemaPath: "#/properties/spec/properties/limits/properties/perVM/properties/cpu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                          if (vErrors === null) {
                            vErrors = [err174];
                          } else {
                            vErrors.push(err174);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data66.memoryGiB !== void 0) {
                      let data68 = data66.memoryGiB;
                      if (!(typeof data68 == "number" && (!(data68 % 1) && !isNaN(data68)))) {
                        const err175 = { instancePath: instancePath + "/spec/limits/perVM/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/perVM/properties/memoryGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err175];
                        } else {
                          vErrors.push(err175);
                        }
                        errors++;
                      }
                      if (typeof data68 == "number") {
                        if (data68 > 24576 || isNaN(data68)) {
                          const err176 = { instancePath: instancePath + "/spec/limits/perVM/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/perVM/properties/memoryGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 24576 }, message: "must be <= 24576" };
                          if (vErrors === null) {
                            vErrors = [err176];
                          } else {
                            vErrors.push(err176);
                          }
                          errors++;
                        }
                        if (data68 < 1 || isNaN(data68)) {
                          const err177 = { instancePath: instancePath + "/spec/limits/perVM/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/perVM/properties/memoryGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                          if (vErrors === null) {
                            vErrors = [err177];
                          } else {
                            vErrors.push(err177);
                          }
                          errors++;
                        }
                      }
                    }
                  } else {
                    const err178 = { instancePath: instancePath + "/spec/limits/perVM", schemaPath: "#/properties/spec/properties/limits/properties/perVM/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err178];
                    } else {
                      vErrors.push(err178);
                    }
                    errors++;
                  }
                }
                if (data64.perNamespace !== void 0) {
                  let data69 = data64.perNamespace;
                  if (data69 && typeof data69 == "object" && !Array.isArray(data69)) {
                    for (const key15 in data69) {
                      if (!(key15 === "vms" || key15 === "cpu" || key15 === "memoryGiB")) {
                        const err179 = { instancePath: instancePath + "/spec/limits/perNamespace", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err179];
                        } else {
                          vErrors.push(err179);
                        }
                        errors++;
                      }
                    }
                    if (data69.vms !== void 0) {
                      let data70 = data69.vms;
                      if (!(typeof data70 == "number" && (!(data70 % 1) && !isNaN(data70)))) {
                        const err180 = { instancePath: instancePath + "/spec/limits/perNamespace/vms", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/vms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err180];
                        } else {
                          vErrors.push(err180);
                        }
                        errors++;
                      }
                      if (typeof data70 == "number") {
                        if (data70 > 1e6 || isNaN(data70)) {
                          const err181 = { instancePath: instancePath + "/spec/limits/perNamespace/vms", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/vms/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, message: "must be <= 1000000" };
                          if (vErrors === null) {
                            vErrors = [err181];
                          } else {
                            vErrors.push(err181);
                          }
                          errors++;
                        }
                        if (data70 < 0 || isNaN(data70)) {
                          const err182 = { instancePath: instancePath + "/spec/limits/perNamespace/vms", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/vms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err182];
                          } else {
                            vErrors.push(err182);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data69.cpu !== void 0) {
                      let data71 = data69.cpu;
                      if (!(typeof data71 == "number" && (!(data71 % 1) && !isNaN(data71)))) {
                        const err183 = { instancePath: instancePath + "/spec/limits/perNamespace/cpu", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/cpu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err183];
                        } else {
                          vErrors.push(err183);
                        }
                        errors++;
                      }
                      if (typeof data71 == "number") {
                        if (data71 > 1e9 || isNaN(data71)) {
                          const err184 = { instancePath: instancePath + "/spec/limits/perNamespace/cpu", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/cpu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, message: "must be <= 1000000000" };
                          if (vErrors === null) {
                            vErrors = [err184];
                          } else {
                            vErrors.push(err184);
                          }
                          errors++;
                        }
                        if (data71 < 0 || isNaN(data71)) {
                          const err185 = { instancePath: instancePath + "/spec/limits/perNamespace/cpu", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/cpu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err185];
                          } else {
                            vErrors.push(err185);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data69.memoryGiB !== void 0) {
                      let data72 = data69.memoryGiB;
                      if (!(typeof data72 == "number" && (!(data72 % 1) && !isNaN(data72)))) {
                        const err186 = { instancePath: instancePath + "/spec/limits/perNamespace/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/memoryGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err186];
                        } else {
                          vErrors.push(err186);
                        }
                        errors++;
                      }
                      if (typeof data72 == "number") {
                        if (data72 > 1e9 || isNaN(data72)) {
                          const err187 = { instancePath: instancePath + "/spec/limits/perNamespace/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/memoryGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, message: "must be <= 1000000000" };
                          if (vErrors === null) {
                            vErrors = [err187];
                          } else {
                            vErrors.push(err187);
                          }
                          errors++;
                        }
                        if (data72 < 0 || isNaN(data72)) {
                          const err188 = { instancePath: instancePath + "/spec/limits/perNamespace/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/properties/memoryGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err188];
                          } else {
                            vErrors.push(err188);
                          }
                          errors++;
                        }
                      }
                    }
                  } else {
                    const err189 = { instancePath: instancePath + "/spec/limits/perNamespace", schemaPath: "#/properties/spec/properties/limits/properties/perNamespace/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err189];
                    } else {
                      vErrors.push(err189);
                    }
                    errors++;
                  }
                }
                if (data64.total !== void 0) {
                  let data73 = data64.total;
                  if (data73 && typeof data73 == "object" && !Array.isArray(data73)) {
                    for (const key16 in data73) {
                      if (!(key16 === "vms" || key16 === "cpu" || key16 === "memoryGiB")) {
                        const err190 = { instancePath: instancePath + "/spec/limits/total", schemaPath: "#/properties/spec/properties/limits/properties/total/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err190];
                        } else {
                          vErrors.push(err190);
                        }
                        errors++;
                      }
                    }
                    if (data73.vms !== void 0) {
                      let data74 = data73.vms;
                      if (!(typeof data74 == "number" && (!(data74 % 1) && !isNaN(data74)))) {
                        const err191 = { instancePath: instancePath + "/spec/limits/total/vms", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/vms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err191];
                        } else {
                          vErrors.push(err191);
                        }
                        errors++;
                      }
                      if (typeof data74 == "number") {
                        if (data74 > 1e6 || isNaN(data74)) {
                          const err192 = { instancePath: instancePath + "/spec/limits/total/vms", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/vms/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, message: "must be <= 1000000" };
                          if (vErrors === null) {
                            vErrors = [err192];
                          } else {
                            vErrors.push(err192);
                          }
                          errors++;
                        }
                        if (data74 < 0 || isNaN(data74)) {
                          const err193 = { instancePath: instancePath + "/spec/limits/total/vms", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/vms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err193];
                          } else {
                            vErrors.push(err193);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data73.cpu !== void 0) {
                      let data75 = data73.cpu;
                      if (!(typeof data75 == "number" && (!(data75 % 1) && !isNaN(data75)))) {
                        const err194 = { instancePath: instancePath + "/spec/limits/total/cpu", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/cpu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err194];
                        } else {
                          vErrors.push(err194);
                        }
                        errors++;
                      }
                      if (typeof data75 == "number") {
                        if (data75 > 1e9 || isNaN(data75)) {
                          const err195 = { instancePath: instancePath + "/spec/limits/total/cpu", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/cpu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, message: "must be <= 1000000000" };
                          if (vErrors === null) {
                            vErrors = [err195];
                          } else {
                            vErrors.push(err195);
                          }
                          errors++;
                        }
                        if (data75 < 0 || isNaN(data75)) {
                          const err196 = { instancePath: instancePath + "/spec/limits/total/cpu", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/cpu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err196];
                          } else {
                            vErrors.push(err196);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data73.memoryGiB !== void 0) {
                      let data76 = data73.memoryGiB;
                      if (!(typeof data76 == "number" && (!(data76 % 1) && !isNaN(data76)))) {
                        const err197 = { instancePath: instancePath + "/spec/limits/total/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/memoryGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err197];
                        } else {
                          vErrors.push(err197);
                        }
                        errors++;
                      }
                      if (typeof data76 == "number") {
                        if (data76 > 1e9 || isNaN(data76)) {
                          const err198 = { instancePath: instancePath + "/spec/limits/total/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/memoryGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e9 }, message: "must be <= 1000000000" };
                          if (vErrors === null) {
                            vErrors = [err198];
                          } else {
                            vErrors.push(err198);
                          }
                          errors++;
                        }
                        if (data76 < 0 || isNaN(data76)) {
                          const err199 = { instancePath: instancePath + "/spec/limits/total/memoryGiB", schemaPath: "#/properties/spec/properties/limits/properties/total/properties/memoryGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err199];
                          } else {
                            vErrors.push(err199);
                          }
                          errors++;
                        }
                      }
                    }
                  } else {
                    const err200 = { instancePath: instancePath + "/spec/limits/total", schemaPath: "#/properties/spec/properties/limits/properties/total/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err200];
                    } else {
                      vErrors.push(err200);
                    }
                    errors++;
                  }
                }
              } else {
                const err201 = { instancePath: instancePath + "/spec/limits", schemaPath: "#/properties/spec/properties/limits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err201];
                } else {
                  vErrors.push(err201);
                }
                errors++;
              }
            }
          } else {
            const err202 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err202];
            } else {
              vErrors.push(err202);
            }
            errors++;
          }
        }
      } else {
        const err203 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err203];
        } else {
          vErrors.push(err203);
        }
        errors++;
      }
      validate10.errors = vErrors;
      return errors === 0;
    }
  }
});

var import_validator = __toESM(require_validator(), 1);
var checks = import_validator.default;

/** One violation: where it is (JSON pointer), the schema keyword with its parameters, and a text for a person. */
export interface SchemaViolation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Checks a value against the schema of VCenter. Returns all violations; an empty list means that the value is valid. */
export function violationsOfVCenter(value: unknown): readonly SchemaViolation[] {
  return checks(value) ? [] : checks.errors;
}

/** Whether a value is valid by the schema of VCenter. */
export function isVCenter(value: unknown): value is VCenter {
  return checks(value);
}
