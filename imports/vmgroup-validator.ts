// @ts-nocheck
// Generated from crds/ by `npm run generate`. Do not edit.
import type { VmGroup } from './vmgroup';

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
    var schema11 = { "type": "object", "required": ["spec"], "additionalProperties": false, "properties": { "apiVersion": { "type": "string" }, "kind": { "type": "string" }, "metadata": { "type": "object" }, "spec": { "type": "object", "required": ["cpu", "memory", "template"], "additionalProperties": false, "properties": { "cpu": { "type": "integer", "minimum": 1, "maximum": 960 }, "memory": { "type": "integer", "minimum": 1, "maximum": 24576 }, "replicas": { "type": "integer", "minimum": 0, "maximum": 500 }, "template": { "type": "string", "minLength": 1, "maxLength": 2048 }, "clone": { "type": "object", "additionalProperties": false, "properties": { "mode": { "type": "string", "enum": ["Full", "Linked"] }, "snapshot": { "type": "string", "minLength": 1, "maxLength": 255 } } }, "hardware": { "type": "object", "additionalProperties": false, "properties": { "coresPerSocket": { "type": "integer", "minimum": 1, "maximum": 256 }, "cpuHotAdd": { "type": "boolean" }, "memoryHotAdd": { "type": "boolean" } } }, "vcenterRef": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "maxLength": 253, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" } } }, "placement": { "type": "object", "additionalProperties": false, "properties": { "datacenter": { "type": "string", "minLength": 1, "maxLength": 2048 }, "folder": { "type": "string", "minLength": 1, "maxLength": 2048 }, "cluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "resourcePool": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastore": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastoreCluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "storagePolicy": { "type": "string", "minLength": 1, "maxLength": 255 }, "failureDomains": { "type": "array", "minItems": 1, "maxItems": 16, "items": { "type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" } }, "spread": { "type": "object", "additionalProperties": false, "properties": { "maxSkew": { "type": "integer", "minimum": 1, "maximum": 100 }, "whenUnsatisfiable": { "type": "string", "enum": ["DoNotSchedule", "ScheduleAnyway"] } } }, "hostAntiAffinity": { "type": "string", "enum": ["Disabled", "Preferred"] } } }, "networks": { "type": "array", "maxItems": 10, "items": { "type": "object", "required": ["name", "network"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "network": { "type": "string", "minLength": 1, "maxLength": 2048 }, "addresses": { "type": "array", "minItems": 1, "maxItems": 512, "items": { "type": "string", "maxLength": 43 } }, "gateway": { "type": "string", "maxLength": 39 }, "nameservers": { "type": "array", "maxItems": 3, "items": { "type": "string", "maxLength": 39 } } } } }, "disks": { "type": "object", "additionalProperties": false, "properties": { "rootSizeGiB": { "type": "integer", "minimum": 1, "maximum": 63488 }, "extra": { "type": "array", "maxItems": 14, "items": { "type": "object", "required": ["name", "sizeGiB"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "sizeGiB": { "type": "integer", "minimum": 1, "maximum": 63488 }, "provisioning": { "type": "string", "enum": ["Thin", "Thick", "EagerZeroedThick"] } } } } } }, "guest": { "type": "object", "additionalProperties": false, "properties": { "cloudInit": { "type": "object", "additionalProperties": false, "properties": { "cleanup": { "type": "boolean" }, "userData": { "type": "object", "additionalProperties": false, "properties": { "secretKeyRef": { "type": "object", "required": ["name", "key"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 253 }, "key": { "type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$" } } }, "value": { "type": "string", "maxLength": 65536 } } }, "metadata": { "type": "object", "additionalProperties": false, "properties": { "secretKeyRef": { "type": "object", "required": ["name", "key"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 253 }, "key": { "type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$" } } }, "value": { "type": "string", "maxLength": 65536 } } } } }, "ignition": { "type": "object", "required": ["config"], "additionalProperties": false, "properties": { "config": { "type": "object", "additionalProperties": false, "properties": { "secretKeyRef": { "type": "object", "required": ["name", "key"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 253 }, "key": { "type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$" } } }, "value": { "type": "string", "maxLength": 65536 } } } } }, "customizationSpec": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 255 } } } } }, "naming": { "type": "object", "additionalProperties": false, "properties": { "vmName": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_.$()-]+$" }, "hostname": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[a-z0-9.$()-]+$" } } }, "powerState": { "type": "string", "enum": ["PoweredOn", "PoweredOff"] }, "powerOff": { "type": "object", "additionalProperties": false, "properties": { "mode": { "type": "string", "enum": ["Hard", "Soft", "TrySoft"] }, "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 3600 } } }, "readiness": { "type": "object", "additionalProperties": false, "properties": { "type": { "type": "string", "enum": ["PoweredOn", "ToolsRunning", "IPAddress"] }, "network": { "type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "guestInfo": { "type": "array", "maxItems": 8, "items": { "type": "object", "required": ["key", "value"], "additionalProperties": false, "properties": { "key": { "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[A-Za-z0-9_.-]+$" }, "value": { "type": "string", "minLength": 1, "maxLength": 1024 } } } } } }, "minReadySeconds": { "type": "integer", "minimum": 0, "maximum": 86400 }, "progressDeadlineSeconds": { "type": "integer", "minimum": 1, "maximum": 172800 }, "updateStrategy": { "type": "object", "additionalProperties": false, "properties": { "type": { "type": "string", "enum": ["RollingUpdate", "OnDelete"] }, "rollingUpdate": { "type": "object", "additionalProperties": false, "properties": { "maxSurge": { "minimum": 0, "maximum": 500, "maxLength": 4, "pattern": "^(100|[1-9]?[0-9])%$", "type": ["integer", "string"] }, "maxUnavailable": { "minimum": 0, "maximum": 500, "maxLength": 4, "pattern": "^(100|[1-9]?[0-9])%$", "type": ["integer", "string"] } } }, "resizePolicy": { "type": "string", "enum": ["HotAddOnly", "PowerCycle", "Replace"] }, "restartToken": { "type": "string", "minLength": 1, "maxLength": 64 } } }, "extraConfig": { "type": "array", "maxItems": 32, "items": { "type": "object", "required": ["key", "value"], "additionalProperties": false, "properties": { "key": { "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[A-Za-z0-9_.-]+$" }, "value": { "type": "string", "minLength": 1, "maxLength": 1024 } } } }, "customAttributes": { "type": "array", "maxItems": 32, "items": { "type": "object", "required": ["name", "value"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 80 }, "value": { "type": "string", "minLength": 1, "maxLength": 1024 } } } }, "tags": { "type": "array", "maxItems": 32, "items": { "type": "object", "required": ["category", "name"], "additionalProperties": false, "properties": { "category": { "type": "string", "minLength": 1, "maxLength": 255 }, "name": { "type": "string", "minLength": 1, "maxLength": 255 } } } }, "retire": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 64, "pattern": "^vm-[0-9]+$" } }, "adopt": { "type": "object", "additionalProperties": false, "properties": { "machines": { "type": "array", "maxItems": 500, "items": { "type": "string", "minLength": 1, "maxLength": 2048 } }, "folder": { "type": "string", "minLength": 1, "maxLength": 2048 } } }, "scaleDown": { "type": "object", "additionalProperties": false, "properties": { "order": { "type": "string", "enum": ["Newest", "Oldest", "HighestOrdinal"] } } }, "deletionPolicy": { "type": "string", "enum": ["Delete", "Orphan"] }, "paused": { "type": "boolean" } } }, "status": {} } };
    var func2 = Object.prototype.hasOwnProperty;
    var func3 = require_ucs2length().default;
    var pattern0 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");
    var pattern1 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "u");
    var pattern4 = new RegExp("^[-._a-zA-Z0-9]+$", "u");
    var pattern7 = new RegExp("^[A-Za-z0-9_.$()-]+$", "u");
    var pattern8 = new RegExp("^[a-z0-9.$()-]+$", "u");
    var pattern10 = new RegExp("^[A-Za-z0-9_.-]+$", "u");
    var pattern11 = new RegExp("^(100|[1-9]?[0-9])%$", "u");
    var pattern14 = new RegExp("^vm-[0-9]+$", "u");
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
            if (data3.cpu === void 0) {
              const err5 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "cpu" }, message: "must have required property 'cpu'" };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
            if (data3.memory === void 0) {
              const err6 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "memory" }, message: "must have required property 'memory'" };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            if (data3.template === void 0) {
              const err7 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "template" }, message: "must have required property 'template'" };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            for (const key1 in data3) {
              if (!func2.call(schema11.properties.spec.properties, key1)) {
                const err8 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
            if (data3.cpu !== void 0) {
              let data4 = data3.cpu;
              if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)))) {
                const err9 = { instancePath: instancePath + "/spec/cpu", schemaPath: "#/properties/spec/properties/cpu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
              if (typeof data4 == "number") {
                if (data4 > 960 || isNaN(data4)) {
                  const err10 = { instancePath: instancePath + "/spec/cpu", schemaPath: "#/properties/spec/properties/cpu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 960 }, message: "must be <= 960" };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
                if (data4 < 1 || isNaN(data4)) {
                  const err11 = { instancePath: instancePath + "/spec/cpu", schemaPath: "#/properties/spec/properties/cpu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
              }
            }
            if (data3.memory !== void 0) {
              let data5 = data3.memory;
              if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)))) {
                const err12 = { instancePath: instancePath + "/spec/memory", schemaPath: "#/properties/spec/properties/memory/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
              if (typeof data5 == "number") {
                if (data5 > 24576 || isNaN(data5)) {
                  const err13 = { instancePath: instancePath + "/spec/memory", schemaPath: "#/properties/spec/properties/memory/maximum", keyword: "maximum", params: { comparison: "<=", limit: 24576 }, message: "must be <= 24576" };
                  if (vErrors === null) {
                    vErrors = [err13];
                  } else {
                    vErrors.push(err13);
                  }
                  errors++;
                }
                if (data5 < 1 || isNaN(data5)) {
                  const err14 = { instancePath: instancePath + "/spec/memory", schemaPath: "#/properties/spec/properties/memory/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err14];
                  } else {
                    vErrors.push(err14);
                  }
                  errors++;
                }
              }
            }
            if (data3.replicas !== void 0) {
              let data6 = data3.replicas;
              if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)))) {
                const err15 = { instancePath: instancePath + "/spec/replicas", schemaPath: "#/properties/spec/properties/replicas/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
              if (typeof data6 == "number") {
                if (data6 > 500 || isNaN(data6)) {
                  const err16 = { instancePath: instancePath + "/spec/replicas", schemaPath: "#/properties/spec/properties/replicas/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
                if (data6 < 0 || isNaN(data6)) {
                  const err17 = { instancePath: instancePath + "/spec/replicas", schemaPath: "#/properties/spec/properties/replicas/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err17];
                  } else {
                    vErrors.push(err17);
                  }
                  errors++;
                }
              }
            }
            if (data3.template !== void 0) {
              let data7 = data3.template;
              if (typeof data7 === "string") {
                if (func3(data7) > 2048) {
                  const err18 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
                if (func3(data7) < 1) {
                  const err19 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
              } else {
                const err20 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
            if (data3.clone !== void 0) {
              let data8 = data3.clone;
              if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                for (const key2 in data8) {
                  if (!(key2 === "mode" || key2 === "snapshot")) {
                    const err21 = { instancePath: instancePath + "/spec/clone", schemaPath: "#/properties/spec/properties/clone/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err21];
                    } else {
                      vErrors.push(err21);
                    }
                    errors++;
                  }
                }
                if (data8.mode !== void 0) {
                  let data9 = data8.mode;
                  if (typeof data9 !== "string") {
                    const err22 = { instancePath: instancePath + "/spec/clone/mode", schemaPath: "#/properties/spec/properties/clone/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err22];
                    } else {
                      vErrors.push(err22);
                    }
                    errors++;
                  }
                  if (!(data9 === "Full" || data9 === "Linked")) {
                    const err23 = { instancePath: instancePath + "/spec/clone/mode", schemaPath: "#/properties/spec/properties/clone/properties/mode/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.clone.properties.mode.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err23];
                    } else {
                      vErrors.push(err23);
                    }
                    errors++;
                  }
                }
                if (data8.snapshot !== void 0) {
                  let data10 = data8.snapshot;
                  if (typeof data10 === "string") {
                    if (func3(data10) > 255) {
                      const err24 = { instancePath: instancePath + "/spec/clone/snapshot", schemaPath: "#/properties/spec/properties/clone/properties/snapshot/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                      if (vErrors === null) {
                        vErrors = [err24];
                      } else {
                        vErrors.push(err24);
                      }
                      errors++;
                    }
                    if (func3(data10) < 1) {
                      const err25 = { instancePath: instancePath + "/spec/clone/snapshot", schemaPath: "#/properties/spec/properties/clone/properties/snapshot/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err25];
                      } else {
                        vErrors.push(err25);
                      }
                      errors++;
                    }
                  } else {
                    const err26 = { instancePath: instancePath + "/spec/clone/snapshot", schemaPath: "#/properties/spec/properties/clone/properties/snapshot/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err26];
                    } else {
                      vErrors.push(err26);
                    }
                    errors++;
                  }
                }
              } else {
                const err27 = { instancePath: instancePath + "/spec/clone", schemaPath: "#/properties/spec/properties/clone/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err27];
                } else {
                  vErrors.push(err27);
                }
                errors++;
              }
            }
            if (data3.hardware !== void 0) {
              let data11 = data3.hardware;
              if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
                for (const key3 in data11) {
                  if (!(key3 === "coresPerSocket" || key3 === "cpuHotAdd" || key3 === "memoryHotAdd")) {
                    const err28 = { instancePath: instancePath + "/spec/hardware", schemaPath: "#/properties/spec/properties/hardware/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err28];
                    } else {
                      vErrors.push(err28);
                    }
                    errors++;
                  }
                }
                if (data11.coresPerSocket !== void 0) {
                  let data12 = data11.coresPerSocket;
                  if (!(typeof data12 == "number" && (!(data12 % 1) && !isNaN(data12)))) {
                    const err29 = { instancePath: instancePath + "/spec/hardware/coresPerSocket", schemaPath: "#/properties/spec/properties/hardware/properties/coresPerSocket/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err29];
                    } else {
                      vErrors.push(err29);
                    }
                    errors++;
                  }
                  if (typeof data12 == "number") {
                    if (data12 > 256 || isNaN(data12)) {
                      const err30 = { instancePath: instancePath + "/spec/hardware/coresPerSocket", schemaPath: "#/properties/spec/properties/hardware/properties/coresPerSocket/maximum", keyword: "maximum", params: { comparison: "<=", limit: 256 }, message: "must be <= 256" };
                      if (vErrors === null) {
                        vErrors = [err30];
                      } else {
                        vErrors.push(err30);
                      }
                      errors++;
                    }
                    if (data12 < 1 || isNaN(data12)) {
                      const err31 = { instancePath: instancePath + "/spec/hardware/coresPerSocket", schemaPath: "#/properties/spec/properties/hardware/properties/coresPerSocket/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err31];
                      } else {
                        vErrors.push(err31);
                      }
                      errors++;
                    }
                  }
                }
                if (data11.cpuHotAdd !== void 0) {
                  if (typeof data11.cpuHotAdd !== "boolean") {
                    const err32 = { instancePath: instancePath + "/spec/hardware/cpuHotAdd", schemaPath: "#/properties/spec/properties/hardware/properties/cpuHotAdd/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err32];
                    } else {
                      vErrors.push(err32);
                    }
                    errors++;
                  }
                }
                if (data11.memoryHotAdd !== void 0) {
                  if (typeof data11.memoryHotAdd !== "boolean") {
                    const err33 = { instancePath: instancePath + "/spec/hardware/memoryHotAdd", schemaPath: "#/properties/spec/properties/hardware/properties/memoryHotAdd/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err33];
                    } else {
                      vErrors.push(err33);
                    }
                    errors++;
                  }
                }
              } else {
                const err34 = { instancePath: instancePath + "/spec/hardware", schemaPath: "#/properties/spec/properties/hardware/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err34];
                } else {
                  vErrors.push(err34);
                }
                errors++;
              }
            }
            if (data3.vcenterRef !== void 0) {
              let data15 = data3.vcenterRef;
              if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                if (data15.name === void 0) {
                  const err35 = { instancePath: instancePath + "/spec/vcenterRef", schemaPath: "#/properties/spec/properties/vcenterRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
                for (const key4 in data15) {
                  if (!(key4 === "name")) {
                    const err36 = { instancePath: instancePath + "/spec/vcenterRef", schemaPath: "#/properties/spec/properties/vcenterRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err36];
                    } else {
                      vErrors.push(err36);
                    }
                    errors++;
                  }
                }
                if (data15.name !== void 0) {
                  let data16 = data15.name;
                  if (typeof data16 === "string") {
                    if (func3(data16) > 253) {
                      const err37 = { instancePath: instancePath + "/spec/vcenterRef/name", schemaPath: "#/properties/spec/properties/vcenterRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                      if (vErrors === null) {
                        vErrors = [err37];
                      } else {
                        vErrors.push(err37);
                      }
                      errors++;
                    }
                    if (!pattern0.test(data16)) {
                      const err38 = { instancePath: instancePath + "/spec/vcenterRef/name", schemaPath: "#/properties/spec/properties/vcenterRef/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"' };
                      if (vErrors === null) {
                        vErrors = [err38];
                      } else {
                        vErrors.push(err38);
                      }
                      errors++;
                    }
                  } else {
                    const err39 = { instancePath: instancePath + "/spec/vcenterRef/name", schemaPath: "#/properties/spec/properties/vcenterRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err39];
                    } else {
                      vErrors.push(err39);
                    }
                    errors++;
                  }
                }
              } else {
                const err40 = { instancePath: instancePath + "/spec/vcenterRef", schemaPath: "#/properties/spec/properties/vcenterRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err40];
                } else {
                  vErrors.push(err40);
                }
                errors++;
              }
            }
            if (data3.placement !== void 0) {
              let data17 = data3.placement;
              if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
                for (const key5 in data17) {
                  if (!func2.call(schema11.properties.spec.properties.placement.properties, key5)) {
                    const err41 = { instancePath: instancePath + "/spec/placement", schemaPath: "#/properties/spec/properties/placement/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err41];
                    } else {
                      vErrors.push(err41);
                    }
                    errors++;
                  }
                }
                if (data17.datacenter !== void 0) {
                  let data18 = data17.datacenter;
                  if (typeof data18 === "string") {
                    if (func3(data18) > 2048) {
                      const err42 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err42];
                      } else {
                        vErrors.push(err42);
                      }
                      errors++;
                    }
                    if (func3(data18) < 1) {
                      const err43 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err43];
                      } else {
                        vErrors.push(err43);
                      }
                      errors++;
                    }
                  } else {
                    const err44 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err44];
                    } else {
                      vErrors.push(err44);
                    }
                    errors++;
                  }
                }
                if (data17.folder !== void 0) {
                  let data19 = data17.folder;
                  if (typeof data19 === "string") {
                    if (func3(data19) > 2048) {
                      const err45 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err45];
                      } else {
                        vErrors.push(err45);
                      }
                      errors++;
                    }
                    if (func3(data19) < 1) {
                      const err46 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err46];
                      } else {
                        vErrors.push(err46);
                      }
                      errors++;
                    }
                  } else {
                    const err47 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err47];
                    } else {
                      vErrors.push(err47);
                    }
                    errors++;
                  }
                }
                if (data17.cluster !== void 0) {
                  let data20 = data17.cluster;
                  if (typeof data20 === "string") {
                    if (func3(data20) > 2048) {
                      const err48 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err48];
                      } else {
                        vErrors.push(err48);
                      }
                      errors++;
                    }
                    if (func3(data20) < 1) {
                      const err49 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err49];
                      } else {
                        vErrors.push(err49);
                      }
                      errors++;
                    }
                  } else {
                    const err50 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err50];
                    } else {
                      vErrors.push(err50);
                    }
                    errors++;
                  }
                }
                if (data17.resourcePool !== void 0) {
                  let data21 = data17.resourcePool;
                  if (typeof data21 === "string") {
                    if (func3(data21) > 2048) {
                      const err51 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err51];
                      } else {
                        vErrors.push(err51);
                      }
                      errors++;
                    }
                    if (func3(data21) < 1) {
                      const err52 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err52];
                      } else {
                        vErrors.push(err52);
                      }
                      errors++;
                    }
                  } else {
                    const err53 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err53];
                    } else {
                      vErrors.push(err53);
                    }
                    errors++;
                  }
                }
                if (data17.datastore !== void 0) {
                  let data22 = data17.datastore;
                  if (typeof data22 === "string") {
                    if (func3(data22) > 2048) {
                      const err54 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err54];
                      } else {
                        vErrors.push(err54);
                      }
                      errors++;
                    }
                    if (func3(data22) < 1) {
                      const err55 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err55];
                      } else {
                        vErrors.push(err55);
                      }
                      errors++;
                    }
                  } else {
                    const err56 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err56];
                    } else {
                      vErrors.push(err56);
                    }
                    errors++;
                  }
                }
                if (data17.datastoreCluster !== void 0) {
                  let data23 = data17.datastoreCluster;
                  if (typeof data23 === "string") {
                    if (func3(data23) > 2048) {
                      const err57 = { instancePath: instancePath + "/spec/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/placement/properties/datastoreCluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err57];
                      } else {
                        vErrors.push(err57);
                      }
                      errors++;
                    }
                    if (func3(data23) < 1) {
                      const err58 = { instancePath: instancePath + "/spec/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/placement/properties/datastoreCluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err58];
                      } else {
                        vErrors.push(err58);
                      }
                      errors++;
                    }
                  } else {
                    const err59 = { instancePath: instancePath + "/spec/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/placement/properties/datastoreCluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err59];
                    } else {
                      vErrors.push(err59);
                    }
                    errors++;
                  }
                }
                if (data17.storagePolicy !== void 0) {
                  let data24 = data17.storagePolicy;
                  if (typeof data24 === "string") {
                    if (func3(data24) > 255) {
                      const err60 = { instancePath: instancePath + "/spec/placement/storagePolicy", schemaPath: "#/properties/spec/properties/placement/properties/storagePolicy/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                      if (vErrors === null) {
                        vErrors = [err60];
                      } else {
                        vErrors.push(err60);
                      }
                      errors++;
                    }
                    if (func3(data24) < 1) {
                      const err61 = { instancePath: instancePath + "/spec/placement/storagePolicy", schemaPath: "#/properties/spec/properties/placement/properties/storagePolicy/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err61];
                      } else {
                        vErrors.push(err61);
                      }
                      errors++;
                    }
                  } else {
                    const err62 = { instancePath: instancePath + "/spec/placement/storagePolicy", schemaPath: "#/properties/spec/properties/placement/properties/storagePolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err62];
                    } else {
                      vErrors.push(err62);
                    }
                    errors++;
                  }
                }
                if (data17.failureDomains !== void 0) {
                  let data25 = data17.failureDomains;
                  if (Array.isArray(data25)) {
                    if (data25.length > 16) {
                      const err63 = { instancePath: instancePath + "/spec/placement/failureDomains", schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
                      if (vErrors === null) {
                        vErrors = [err63];
                      } else {
                        vErrors.push(err63);
                      }
                      errors++;
                    }
                    if (data25.length < 1) {
                      const err64 = { instancePath: instancePath + "/spec/placement/failureDomains", schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                      if (vErrors === null) {
                        vErrors = [err64];
                      } else {
                        vErrors.push(err64);
                      }
                      errors++;
                    }
                    const len0 = data25.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      let data26 = data25[i0];
                      if (typeof data26 === "string") {
                        if (func3(data26) > 63) {
                          const err65 = { instancePath: instancePath + "/spec/placement/failureDomains/" + i0, schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/items/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                          if (vErrors === null) {
                            vErrors = [err65];
                          } else {
                            vErrors.push(err65);
                          }
                          errors++;
                        }
                        if (!pattern1.test(data26)) {
                          const err66 = { instancePath: instancePath + "/spec/placement/failureDomains/" + i0, schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/items/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                          if (vErrors === null) {
                            vErrors = [err66];
                          } else {
                            vErrors.push(err66);
                          }
                          errors++;
                        }
                      } else {
                        const err67 = { instancePath: instancePath + "/spec/placement/failureDomains/" + i0, schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err67];
                        } else {
                          vErrors.push(err67);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err68 = { instancePath: instancePath + "/spec/placement/failureDomains", schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err68];
                    } else {
                      vErrors.push(err68);
                    }
                    errors++;
                  }
                }
                if (data17.spread !== void 0) {
                  let data27 = data17.spread;
                  if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
                    for (const key6 in data27) {
                      if (!(key6 === "maxSkew" || key6 === "whenUnsatisfiable")) {
                        const err69 = { instancePath: instancePath + "/spec/placement/spread", schemaPath: "#/properties/spec/properties/placement/properties/spread/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err69];
                        } else {
                          vErrors.push(err69);
                        }
                        errors++;
                      }
                    }
                    if (data27.maxSkew !== void 0) {
                      let data28 = data27.maxSkew;
                      if (!(typeof data28 == "number" && (!(data28 % 1) && !isNaN(data28)))) {
                        const err70 = { instancePath: instancePath + "/spec/placement/spread/maxSkew", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/maxSkew/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err70];
                        } else {
                          vErrors.push(err70);
                        }
                        errors++;
                      }
                      if (typeof data28 == "number") {
                        if (data28 > 100 || isNaN(data28)) {
                          const err71 = { instancePath: instancePath + "/spec/placement/spread/maxSkew", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/maxSkew/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100" };
                          if (vErrors === null) {
                            vErrors = [err71];
                          } else {
                            vErrors.push(err71);
                          }
                          errors++;
                        }
                        if (data28 < 1 || isNaN(data28)) {
                          const err72 = { instancePath: instancePath + "/spec/placement/spread/maxSkew", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/maxSkew/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                          if (vErrors === null) {
                            vErrors = [err72];
                          } else {
                            vErrors.push(err72);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data27.whenUnsatisfiable !== void 0) {
                      let data29 = data27.whenUnsatisfiable;
                      if (typeof data29 !== "string") {
                        const err73 = { instancePath: instancePath + "/spec/placement/spread/whenUnsatisfiable", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/whenUnsatisfiable/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err73];
                        } else {
                          vErrors.push(err73);
                        }
                        errors++;
                      }
                      if (!(data29 === "DoNotSchedule" || data29 === "ScheduleAnyway")) {
                        const err74 = { instancePath: instancePath + "/spec/placement/spread/whenUnsatisfiable", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/whenUnsatisfiable/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.placement.properties.spread.properties.whenUnsatisfiable.enum }, message: "must be equal to one of the allowed values" };
                        if (vErrors === null) {
                          vErrors = [err74];
                        } else {
                          vErrors.push(err74);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err75 = { instancePath: instancePath + "/spec/placement/spread", schemaPath: "#/properties/spec/properties/placement/properties/spread/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err75];
                    } else {
                      vErrors.push(err75);
                    }
                    errors++;
                  }
                }
                if (data17.hostAntiAffinity !== void 0) {
                  let data30 = data17.hostAntiAffinity;
                  if (typeof data30 !== "string") {
                    const err76 = { instancePath: instancePath + "/spec/placement/hostAntiAffinity", schemaPath: "#/properties/spec/properties/placement/properties/hostAntiAffinity/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err76];
                    } else {
                      vErrors.push(err76);
                    }
                    errors++;
                  }
                  if (!(data30 === "Disabled" || data30 === "Preferred")) {
                    const err77 = { instancePath: instancePath + "/spec/placement/hostAntiAffinity", schemaPath: "#/properties/spec/properties/placement/properties/hostAntiAffinity/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.placement.properties.hostAntiAffinity.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err77];
                    } else {
                      vErrors.push(err77);
                    }
                    errors++;
                  }
                }
              } else {
                const err78 = { instancePath: instancePath + "/spec/placement", schemaPath: "#/properties/spec/properties/placement/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err78];
                } else {
                  vErrors.push(err78);
                }
                errors++;
              }
            }
            if (data3.networks !== void 0) {
              let data31 = data3.networks;
              if (Array.isArray(data31)) {
                if (data31.length > 10) {
                  const err79 = { instancePath: instancePath + "/spec/networks", schemaPath: "#/properties/spec/properties/networks/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items" };
                  if (vErrors === null) {
                    vErrors = [err79];
                  } else {
                    vErrors.push(err79);
                  }
                  errors++;
                }
                const len1 = data31.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data32 = data31[i1];
                  if (data32 && typeof data32 == "object" && !Array.isArray(data32)) {
                    if (data32.name === void 0) {
                      const err80 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err80];
                      } else {
                        vErrors.push(err80);
                      }
                      errors++;
                    }
                    if (data32.network === void 0) {
                      const err81 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/required", keyword: "required", params: { missingProperty: "network" }, message: "must have required property 'network'" };
                      if (vErrors === null) {
                        vErrors = [err81];
                      } else {
                        vErrors.push(err81);
                      }
                      errors++;
                    }
                    for (const key7 in data32) {
                      if (!(key7 === "name" || key7 === "network" || key7 === "addresses" || key7 === "gateway" || key7 === "nameservers")) {
                        const err82 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err82];
                        } else {
                          vErrors.push(err82);
                        }
                        errors++;
                      }
                    }
                    if (data32.name !== void 0) {
                      let data33 = data32.name;
                      if (typeof data33 === "string") {
                        if (func3(data33) > 63) {
                          const err83 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                          if (vErrors === null) {
                            vErrors = [err83];
                          } else {
                            vErrors.push(err83);
                          }
                          errors++;
                        }
                        if (func3(data33) < 1) {
                          const err84 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err84];
                          } else {
                            vErrors.push(err84);
                          }
                          errors++;
                        }
                        if (!pattern1.test(data33)) {
                          const err85 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                          if (vErrors === null) {
                            vErrors = [err85];
                          } else {
                            vErrors.push(err85);
                          }
                          errors++;
                        }
                      } else {
                        const err86 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err86];
                        } else {
                          vErrors.push(err86);
                        }
                        errors++;
                      }
                    }
                    if (data32.network !== void 0) {
                      let data34 = data32.network;
                      if (typeof data34 === "string") {
                        if (func3(data34) > 2048) {
                          const err87 = { instancePath: instancePath + "/spec/networks/" + i1 + "/network", schemaPath: "#/properties/spec/properties/networks/items/properties/network/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err87];
                          } else {
                            vErrors.push(err87);
                          }
                          errors++;
                        }
                        if (func3(data34) < 1) {
                          const err88 = { instancePath: instancePath + "/spec/networks/" + i1 + "/network", schemaPath: "#/properties/spec/properties/networks/items/properties/network/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err88];
                          } else {
                            vErrors.push(err88);
                          }
                          errors++;
                        }
                      } else {
                        const err89 = { instancePath: instancePath + "/spec/networks/" + i1 + "/network", schemaPath: "#/properties/spec/properties/networks/items/properties/network/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err89];
                        } else {
                          vErrors.push(err89);
                        }
                        errors++;
                      }
                    }
                    if (data32.addresses !== void 0) {
                      let data35 = data32.addresses;
                      if (Array.isArray(data35)) {
                        if (data35.length > 512) {
                          const err90 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses", schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/maxItems", keyword: "maxItems", params: { limit: 512 }, message: "must NOT have more than 512 items" };
                          if (vErrors === null) {
                            vErrors = [err90];
                          } else {
                            vErrors.push(err90);
                          }
                          errors++;
                        }
                        if (data35.length < 1) {
                          const err91 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses", schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                          if (vErrors === null) {
                            vErrors = [err91];
                          } else {
                            vErrors.push(err91);
                          }
                          errors++;
                        }
                        const len2 = data35.length;
                        for (let i2 = 0; i2 < len2; i2++) {
                          let data36 = data35[i2];
                          if (typeof data36 === "string") {
                            if (func3(data36) > 43) {
                              const err92 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses/" + i2, schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/items/maxLength", keyword: "maxLength", params: { limit: 43 }, message: "must NOT have more than 43 characters" };
                              if (vErrors === null) {
                                vErrors = [err92];
                              } else {
                                vErrors.push(err92);
                              }
                              errors++;
                            }
                          } else {
                            const err93 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses/" + i2, schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err93];
                            } else {
                              vErrors.push(err93);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err94 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses", schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                        if (vErrors === null) {
                          vErrors = [err94];
                        } else {
                          vErrors.push(err94);
                        }
                        errors++;
                      }
                    }
                    if (data32.gateway !== void 0) {
                      let data37 = data32.gateway;
                      if (typeof data37 === "string") {
                        if (func3(data37) > 39) {
                          const err95 = { instancePath: instancePath + "/spec/networks/" + i1 + "/gateway", schemaPath: "#/properties/spec/properties/networks/items/properties/gateway/maxLength", keyword: "maxLength", params: { limit: 39 }, message: "must NOT have more than 39 characters" };
                          if (vErrors === null) {
                            vErrors = [err95];
                          } else {
                            vErrors.push(err95);
                          }
                          errors++;
                        }
                      } else {
                        const err96 = { instancePath: instancePath + "/spec/networks/" + i1 + "/gateway", schemaPath: "#/properties/spec/properties/networks/items/properties/gateway/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err96];
                        } else {
                          vErrors.push(err96);
                        }
                        errors++;
                      }
                    }
                    if (data32.nameservers !== void 0) {
                      let data38 = data32.nameservers;
                      if (Array.isArray(data38)) {
                        if (data38.length > 3) {
                          const err97 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers", schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/maxItems", keyword: "maxItems", params: { limit: 3 }, message: "must NOT have more than 3 items" };
                          if (vErrors === null) {
                            vErrors = [err97];
                          } else {
                            vErrors.push(err97);
                          }
                          errors++;
                        }
                        const len3 = data38.length;
                        for (let i3 = 0; i3 < len3; i3++) {
                          let data39 = data38[i3];
                          if (typeof data39 === "string") {
                            if (func3(data39) > 39) {
                              const err98 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers/" + i3, schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/items/maxLength", keyword: "maxLength", params: { limit: 39 }, message: "must NOT have more than 39 characters" };
                              if (vErrors === null) {
                                vErrors = [err98];
                              } else {
                                vErrors.push(err98);
                              }
                              errors++;
                            }
                          } else {
                            const err99 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers/" + i3, schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err99];
                            } else {
                              vErrors.push(err99);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err100 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers", schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                        if (vErrors === null) {
                          vErrors = [err100];
                        } else {
                          vErrors.push(err100);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err101 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err101];
                    } else {
                      vErrors.push(err101);
                    }
                    errors++;
                  }
                }
              } else {
                const err102 = { instancePath: instancePath + "/spec/networks", schemaPath: "#/properties/spec/properties/networks/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err102];
                } else {
                  vErrors.push(err102);
                }
                errors++;
              }
            }
            if (data3.disks !== void 0) {
              let data40 = data3.disks;
              if (data40 && typeof data40 == "object" && !Array.isArray(data40)) {
                for (const key8 in data40) {
                  if (!(key8 === "rootSizeGiB" || key8 === "extra")) {
                    const err103 = { instancePath: instancePath + "/spec/disks", schemaPath: "#/properties/spec/properties/disks/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err103];
                    } else {
                      vErrors.push(err103);
                    }
                    errors++;
                  }
                }
                if (data40.rootSizeGiB !== void 0) {
                  let data41 = data40.rootSizeGiB;
                  if (!(typeof data41 == "number" && (!(data41 % 1) && !isNaN(data41)))) {
                    const err104 = { instancePath: instancePath + "/spec/disks/rootSizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/rootSizeGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err104];
                    } else {
                      vErrors.push(err104);
                    }
                    errors++;
                  }
                  if (typeof data41 == "number") {
                    if (data41 > 63488 || isNaN(data41)) {
                      const err105 = { instancePath: instancePath + "/spec/disks/rootSizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/rootSizeGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 63488 }, message: "must be <= 63488" };
                      if (vErrors === null) {
                        vErrors = [err105];
                      } else {
                        vErrors.push(err105);
                      }
                      errors++;
                    }
                    if (data41 < 1 || isNaN(data41)) {
                      const err106 = { instancePath: instancePath + "/spec/disks/rootSizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/rootSizeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err106];
                      } else {
                        vErrors.push(err106);
                      }
                      errors++;
                    }
                  }
                }
                if (data40.extra !== void 0) {
                  let data42 = data40.extra;
                  if (Array.isArray(data42)) {
                    if (data42.length > 14) {
                      const err107 = { instancePath: instancePath + "/spec/disks/extra", schemaPath: "#/properties/spec/properties/disks/properties/extra/maxItems", keyword: "maxItems", params: { limit: 14 }, message: "must NOT have more than 14 items" };
                      if (vErrors === null) {
                        vErrors = [err107];
                      } else {
                        vErrors.push(err107);
                      }
                      errors++;
                    }
                    const len4 = data42.length;
                    for (let i4 = 0; i4 < len4; i4++) {
                      let data43 = data42[i4];
                      if (data43 && typeof data43 == "object" && !Array.isArray(data43)) {
                        if (data43.name === void 0) {
                          const err108 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                          if (vErrors === null) {
                            vErrors = [err108];
                          } else {
                            vErrors.push(err108);
                          }
                          errors++;
                        }
                        if (data43.sizeGiB === void 0) {
                          const err109 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/required", keyword: "required", params: { missingProperty: "sizeGiB" }, message: "must have required property 'sizeGiB'" };
                          if (vErrors === null) {
                            vErrors = [err109];
                          } else {
                            vErrors.push(err109);
                          }
                          errors++;
                        }
                        for (const key9 in data43) {
                          if (!(key9 === "name" || key9 === "sizeGiB" || key9 === "provisioning")) {
                            const err110 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err110];
                            } else {
                              vErrors.push(err110);
                            }
                            errors++;
                          }
                        }
                        if (data43.name !== void 0) {
                          let data44 = data43.name;
                          if (typeof data44 === "string") {
                            if (func3(data44) > 63) {
                              const err111 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                              if (vErrors === null) {
                                vErrors = [err111];
                              } else {
                                vErrors.push(err111);
                              }
                              errors++;
                            }
                            if (func3(data44) < 1) {
                              const err112 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                              if (vErrors === null) {
                                vErrors = [err112];
                              } else {
                                vErrors.push(err112);
                              }
                              errors++;
                            }
                            if (!pattern1.test(data44)) {
                              const err113 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                              if (vErrors === null) {
                                vErrors = [err113];
                              } else {
                                vErrors.push(err113);
                              }
                              errors++;
                            }
                          } else {
                            const err114 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err114];
                            } else {
                              vErrors.push(err114);
                            }
                            errors++;
                          }
                        }
                        if (data43.sizeGiB !== void 0) {
                          let data45 = data43.sizeGiB;
                          if (!(typeof data45 == "number" && (!(data45 % 1) && !isNaN(data45)))) {
                            const err115 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/sizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/sizeGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                            if (vErrors === null) {
                              vErrors = [err115];
                            } else {
                              vErrors.push(err115);
                            }
                            errors++;
                          }
                          if (typeof data45 == "number") {
                            if (data45 > 63488 || isNaN(data45)) {
                              const err116 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/sizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/sizeGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 63488 }, message: "must be <= 63488" };
                              if (vErrors === null) {
                                vErrors = [err116];
                              } else {
                                vErrors.push(err116);
                              }
                              errors++;
                            }
                            if (data45 < 1 || isNaN(data45)) {
                              const err117 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/sizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/sizeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                              if (vErrors === null) {
                                vErrors = [err117];
                              } else {
                                vErrors.push(err117);
                              }
                              errors++;
                            }
                          }
                        }
                        if (data43.provisioning !== void 0) {
                          let data46 = data43.provisioning;
                          if (typeof data46 !== "string") {
                            const err118 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/provisioning", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/provisioning/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err118];
                            } else {
                              vErrors.push(err118);
                            }
                            errors++;
                          }
                          if (!(data46 === "Thin" || data46 === "Thick" || data46 === "EagerZeroedThick")) {
                            const err119 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/provisioning", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/provisioning/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.disks.properties.extra.items.properties.provisioning.enum }, message: "must be equal to one of the allowed values" };
                            if (vErrors === null) {
                              vErrors = [err119];
                            } else {
                              vErrors.push(err119);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err120 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err120];
                        } else {
                          vErrors.push(err120);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err121 = { instancePath: instancePath + "/spec/disks/extra", schemaPath: "#/properties/spec/properties/disks/properties/extra/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err121];
                    } else {
                      vErrors.push(err121);
                    }
                    errors++;
                  }
                }
              } else {
                const err122 = { instancePath: instancePath + "/spec/disks", schemaPath: "#/properties/spec/properties/disks/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err122];
                } else {
                  vErrors.push(err122);
                }
                errors++;
              }
            }
            if (data3.guest !== void 0) {
              let data47 = data3.guest;
              if (data47 && typeof data47 == "object" && !Array.isArray(data47)) {
                for (const key10 in data47) {
                  if (!(key10 === "cloudInit" || key10 === "ignition" || key10 === "customizationSpec")) {
                    const err123 = { instancePath: instancePath + "/spec/guest", schemaPath: "#/properties/spec/properties/guest/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err123];
                    } else {
                      vErrors.push(err123);
                    }
                    errors++;
                  }
                }
                if (data47.cloudInit !== void 0) {
                  let data48 = data47.cloudInit;
                  if (data48 && typeof data48 == "object" && !Array.isArray(data48)) {
                    for (const key11 in data48) {
                      if (!(key11 === "cleanup" || key11 === "userData" || key11 === "metadata")) {
                        const err124 = { instancePath: instancePath + "/spec/guest/cloudInit", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err124];
                        } else {
                          vErrors.push(err124);
                        }
                        errors++;
                      }
                    }
                    if (data48.cleanup !== void 0) {
                      if (typeof data48.cleanup !== "boolean") {
                        const err125 = { instancePath: instancePath + "/spec/guest/cloudInit/cleanup", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/cleanup/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                        if (vErrors === null) {
                          vErrors = [err125];
                        } else {
                          vErrors.push(err125);
                        }
                        errors++;
                      }
                    }
                    if (data48.userData !== void 0) {
                      let data50 = data48.userData;
                      if (data50 && typeof data50 == "object" && !Array.isArray(data50)) {
                        for (const key12 in data50) {
                          if (!(key12 === "secretKeyRef" || key12 === "value")) {
                            const err126 = { instancePath: instancePath + "/spec/guest/cloudInit/userData", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err126];
                            } else {
                              vErrors.push(err126);
                            }
                            errors++;
                          }
                        }
                        if (data50.secretKeyRef !== void 0) {
                          let data51 = data50.secretKeyRef;
                          if (data51 && typeof data51 == "object" && !Array.isArray(data51)) {
                            if (data51.name === void 0) {
                              const err127 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                              if (vErrors === null) {
                                vErrors = [err127];
                              } else {
                                vErrors.push(err127);
                              }
                              errors++;
                            }
                            if (data51.key === void 0) {
                              const err128 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                              if (vErrors === null) {
                                vErrors = [err128];
                              } else {
                                vErrors.push(err128);
                              }
                              errors++;
                            }
                            for (const key13 in data51) {
                              if (!(key13 === "name" || key13 === "key")) {
                                const err129 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err129];
                                } else {
                                  vErrors.push(err129);
                                }
                                errors++;
                              }
                            }
                            if (data51.name !== void 0) {
                              let data52 = data51.name;
                              if (typeof data52 === "string") {
                                if (func3(data52) > 253) {
                                  const err130 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err130];
                                  } else {
                                    vErrors.push(err130);
                                  }
                                  errors++;
                                }
                                if (func3(data52) < 1) {
                                  const err131 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err131];
                                  } else {
                                    vErrors.push(err131);
                                  }
                                  errors++;
                                }
                              } else {
                                const err132 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err132];
                                } else {
                                  vErrors.push(err132);
                                }
                                errors++;
                              }
                            }
                            if (data51.key !== void 0) {
                              let data53 = data51.key;
                              if (typeof data53 === "string") {
                                if (func3(data53) > 253) {
                                  const err133 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err133];
                                  } else {
                                    vErrors.push(err133);
                                  }
                                  errors++;
                                }
                                if (func3(data53) < 1) {
                                  const err134 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err134];
                                  } else {
                                    vErrors.push(err134);
                                  }
                                  errors++;
                                }
                                if (!pattern4.test(data53)) {
                                  const err135 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z0-9]+$" }, message: 'must match pattern "^[-._a-zA-Z0-9]+$"' };
                                  if (vErrors === null) {
                                    vErrors = [err135];
                                  } else {
                                    vErrors.push(err135);
                                  }
                                  errors++;
                                }
                              } else {
                                const err136 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err136];
                                } else {
                                  vErrors.push(err136);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err137 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err137];
                            } else {
                              vErrors.push(err137);
                            }
                            errors++;
                          }
                        }
                        if (data50.value !== void 0) {
                          let data54 = data50.value;
                          if (typeof data54 === "string") {
                            if (func3(data54) > 65536) {
                              const err138 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/value/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                              if (vErrors === null) {
                                vErrors = [err138];
                              } else {
                                vErrors.push(err138);
                              }
                              errors++;
                            }
                          } else {
                            const err139 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err139];
                            } else {
                              vErrors.push(err139);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err140 = { instancePath: instancePath + "/spec/guest/cloudInit/userData", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err140];
                        } else {
                          vErrors.push(err140);
                        }
                        errors++;
                      }
                    }
                    if (data48.metadata !== void 0) {
                      let data55 = data48.metadata;
                      if (data55 && typeof data55 == "object" && !Array.isArray(data55)) {
                        for (const key14 in data55) {
                          if (!(key14 === "secretKeyRef" || key14 === "value")) {
                            const err141 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err141];
                            } else {
                              vErrors.push(err141);
                            }
                            errors++;
                          }
                        }
                        if (data55.secretKeyRef !== void 0) {
                          let data56 = data55.secretKeyRef;
                          if (data56 && typeof data56 == "object" && !Array.isArray(data56)) {
                            if (data56.name === void 0) {
                              const err142 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                              if (vErrors === null) {
                                vErrors = [err142];
                              } else {
                                vErrors.push(err142);
                              }
                              errors++;
                            }
                            if (data56.key === void 0) {
                              const err143 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                              if (vErrors === null) {
                                vErrors = [err143];
                              } else {
                                vErrors.push(err143);
                              }
                              errors++;
                            }
                            for (const key15 in data56) {
                              if (!(key15 === "name" || key15 === "key")) {
                                const err144 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err144];
                                } else {
                                  vErrors.push(err144);
                                }
                                errors++;
                              }
                            }
                            if (data56.name !== void 0) {
                              let data57 = data56.name;
                              if (typeof data57 === "string") {
                                if (func3(data57) > 253) {
                                  const err145 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err145];
                                  } else {
                                    vErrors.push(err145);
                                  }
                                  errors++;
                                }
                                if (func3(data57) < 1) {
                                  const err146 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err146];
                                  } else {
                                    vErrors.push(err146);
                                  }
                                  errors++;
                                }
                              } else {
                                const err147 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err147];
                                } else {
                                  vErrors.push(err147);
                                }
                                errors++;
                              }
                            }
                            if (data56.key !== void 0) {
                              let data58 = data56.key;
                              if (typeof data58 === "string") {
                                if (func3(data58) > 253) {
                                  const err148 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err148];
                                  } else {
                                    vErrors.push(err148);
                                  }
                                  errors++;
                                }
                                if (func3(data58) < 1) {
                                  const err149 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err149];
                                  } else {
                                    vErrors.push(err149);
                                  }
                                  errors++;
                                }
                                if (!pattern4.test(data58)) {
                                  const err150 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z0-9]+$" }, message: 'must match pattern "^[-._a-zA-Z0-9]+$"' };
                                  if (vErrors === null) {
                                    vErrors = [err150];
                                  } else {
                                    vErrors.push(err150);
                                  }
                                  errors++;
                                }
                              } else {
                                const err151 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err151];
                                } else {
                                  vErrors.push(err151);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err152 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err152];
                            } else {
                              vErrors.push(err152);
                            }
                            errors++;
                          }
                        }
                        if (data55.value !== void 0) {
                          let data59 = data55.value;
                          if (typeof data59 === "string") {
                            if (func3(data59) > 65536) {
                              const err153 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/value/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                              if (vErrors === null) {
                                vErrors = [err153];
                              } else {
                                vErrors.push(err153);
                              }
                              errors++;
                            }
                          } else {
                            const err154 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err154];
                            } else {
                              vErrors.push(err154);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err155 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err155];
                        } else {
                          vErrors.push(err155);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err156 = { instancePath: instancePath + "/spec/guest/cloudInit", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err156];
                    } else {
                      vErrors.push(err156);
                    }
                    errors++;
                  }
                }
                if (data47.ignition !== void 0) {
                  let data60 = data47.ignition;
                  if (data60 && typeof data60 == "object" && !Array.isArray(data60)) {
                    if (data60.config === void 0) {
                      const err157 = { instancePath: instancePath + "/spec/guest/ignition", schemaPath: "#/properties/spec/properties/guest/properties/ignition/required", keyword: "required", params: { missingProperty: "config" }, message: "must have required property 'config'" };
                      if (vErrors === null) {
                        vErrors = [err157];
                      } else {
                        vErrors.push(err157);
                      }
                      errors++;
                    }
                    for (const key16 in data60) {
                      if (!(key16 === "config")) {
                        const err158 = { instancePath: instancePath + "/spec/guest/ignition", schemaPath: "#/properties/spec/properties/guest/properties/ignition/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err158];
                        } else {
                          vErrors.push(err158);
                        }
                        errors++;
                      }
                    }
                    if (data60.config !== void 0) {
                      let data61 = data60.config;
                      if (data61 && typeof data61 == "object" && !Array.isArray(data61)) {
                        for (const key17 in data61) {
                          if (!(key17 === "secretKeyRef" || key17 === "value")) {
                            const err159 = { instancePath: instancePath + "/spec/guest/ignition/config", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key17 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err159];
                            } else {
                              vErrors.push(err159);
                            }
                            errors++;
                          }
                        }
                        if (data61.secretKeyRef !== void 0) {
                          let data62 = data61.secretKeyRef;
                          if (data62 && typeof data62 == "object" && !Array.isArray(data62)) {
                            if (data62.name === void 0) {
                              const err160 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                              if (vErrors === null) {
                                vErrors = [err160];
                              } else {
                                vErrors.push(err160);
                              }
                              errors++;
                            }
                            if (data62.key === void 0) {
                              const err161 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                              if (vErrors === null) {
                                vErrors = [err161];
                              } else {
                                vErrors.push(err161);
                              }
                              errors++;
                            }
                            for (const key18 in data62) {
                              if (!(key18 === "name" || key18 === "key")) {
                                const err162 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key18 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err162];
                                } else {
                                  vErrors.push(err162);
                                }
                                errors++;
                              }
                            }
                            if (data62.name !== void 0) {
                              let data63 = data62.name;
                              if (typeof data63 === "string") {
                                if (func3(data63) > 253) {
                                  const err163 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err163];
                                  } else {
                                    vErrors.push(err163);
                                  }
                                  errors++;
                                }
                                if (func3(data63) < 1) {
                                  const err164 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err164];
                                  } else {
                                    vErrors.push(err164);
                                  }
                                  errors++;
                                }
                              } else {
                                const err165 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err165];
                                } else {
                                  vErrors.push(err165);
                                }
                                errors++;
                              }
                            }
                            if (data62.key !== void 0) {
                              let data64 = data62.key;
                              if (typeof data64 === "string") {
                                if (func3(data64) > 253) {
                                  const err166 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err166];
                                  } else {
                                    vErrors.push(err166);
                                  }
                                  errors++;
                                }
                                if (func3(data64) < 1) {
                                  const err167 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err167];
                                  } else {
                                    vErrors.push(err167);
                                  }
                                  errors++;
                                }
                                if (!pattern4.test(data64)) {
                                  const err168 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z0-9]+$" }, message: 'must match pattern "^[-._a-zA-Z0-9]+$"' };
                                  if (vErrors === null) {
                                    vErrors = [err168];
                                  } else {
                                    vErrors.push(err168);
                                  }
                                  errors++;
                                }
                              } else {
                                const err169 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err169];
                                } else {
                                  vErrors.push(err169);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err170 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err170];
                            } else {
                              vErrors.push(err170);
                            }
                            errors++;
                          }
                        }
                        if (data61.value !== void 0) {
                          let data65 = data61.value;
                          if (typeof data65 === "string") {
                            if (func3(data65) > 65536) {
                              const err171 = { instancePath: instancePath + "/spec/guest/ignition/config/value", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/value/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                              if (vErrors === null) {
                                vErrors = [err171];
                              } else {
                                vErrors.push(err171);
                              }
                              errors++;
                            }
                          } else {
                            const err172 = { instancePath: instancePath + "/spec/guest/ignition/config/value", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err172];
                            } else {
                              vErrors.push(err172);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err173 = { instancePath: instancePath + "/spec/guest/ignition/config", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err173];
                        } else {
                          vErrors.push(err173);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err174 = { instancePath: instancePath + "/spec/guest/ignition", schemaPath: "#/properties/spec/properties/guest/properties/ignition/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err174];
                    } else {
                      vErrors.push(err174);
                    }
                    errors++;
                  }
                }
                if (data47.customizationSpec !== void 0) {
                  let data66 = data47.customizationSpec;
                  if (data66 && typeof data66 == "object" && !Array.isArray(data66)) {
                    if (data66.name === void 0) {
                      const err175 = { instancePath: instancePath + "/spec/guest/customizationSpec", schemaPath: "#/properties/spec/properties/guest/properties/customizationSpec/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err175];
                      } else {
                        vErrors.push(err175);
                      }
                      errors++;
                    }
                    for (const key19 in data66) {
                      if (!(key19 === "name")) {
                        const err176 = { instancePath: instancePath + "/spec/guest/customizationSpec", schemaPath: "#/properties/spec/properties/guest/properties/customizationSpec/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key19 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err176];
                        } else {
                          vErrors.push(err176);
                        }
                        errors++;
                      }
                    }
                    if (data66.name !== void 0) {
                      let data67 = data66.name;
                      if (typeof data67 === "string") {
                        if (func3(data67) > 255) {
                          const err177 = { instancePath: instancePath + "/spec/guest/customizationSpec/name", schemaPath: "#/properties/spec/properties/guest/properties/customizationSpec/properties/name/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                          if (vErrors === null) {
                            vErrors = [err177];
                          } else {
                            vErrors.push(err177);
                          }
                          errors++;
                        }
                        if (func3(data67) < 1) {
                          const err178 = { instancePath: instancePath + "/spec/guest/customizationSpec/name", schemaPath: "#/properties/spec/properties/guest/properties/customizationSpec/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err178];
                          } else {
                            vErrors.push(err178);
                          }
                          errors++;
                        }
                      } else {
                        const err179 = { instancePath: instancePath + "/spec/guest/customizationSpec/name", schemaPath: "#/properties/spec/properties/guest/properties/customizationSpec/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err179];
                        } else {
                          vErrors.push(err179);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err180 = { instancePath: instancePath + "/spec/guest/customizationSpec", schemaPath: "#/properties/spec/properties/guest/properties/customizationSpec/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err180];
                    } else {
                      vErrors.push(err180);
                    }
                    errors++;
                  }
                }
              } else {
                const err181 = { instancePath: instancePath + "/spec/guest", schemaPath: "#/properties/spec/properties/guest/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err181];
                } else {
                  vErrors.push(err181);
                }
                errors++;
              }
            }
            if (data3.naming !== void 0) {
              let data68 = data3.naming;
              if (data68 && typeof data68 == "object" && !Array.isArray(data68)) {
                for (const key20 in data68) {
                  if (!(key20 === "vmName" || key20 === "hostname")) {
                    const err182 = { instancePath: instancePath + "/spec/naming", schemaPath: "#/properties/spec/properties/naming/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err182];
                    } else {
                      vErrors.push(err182);
                    }
                    errors++;
                  }
                }
                if (data68.vmName !== void 0) {
                  let data69 = data68.vmName;
                  if (typeof data69 === "string") {
                    if (func3(data69) > 200) {
                      const err183 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
                      if (vErrors === null) {
                        vErrors = [err183];
                      } else {
                        vErrors.push(err183);
                      }
                      errors++;
                    }
                    if (func3(data69) < 1) {
                      const err184 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err184];
                      } else {
                        vErrors.push(err184);
                      }
                      errors++;
                    }
                    if (!pattern7.test(data69)) {
                      const err185 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_.$()-]+$" }, message: 'must match pattern "^[A-Za-z0-9_.$()-]+$"' };
                      if (vErrors === null) {
                        vErrors = [err185];
                      } else {
                        vErrors.push(err185);
                      }
                      errors++;
                    }
                  } else {
                    const err186 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err186];
                    } else {
                      vErrors.push(err186);
                    }
                    errors++;
                  }
                }
                if (data68.hostname !== void 0) {
                  let data70 = data68.hostname;
                  if (typeof data70 === "string") {
                    if (func3(data70) > 200) {
                      const err187 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
                      if (vErrors === null) {
                        vErrors = [err187];
                      } else {
                        vErrors.push(err187);
                      }
                      errors++;
                    }
                    if (func3(data70) < 1) {
                      const err188 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err188];
                      } else {
                        vErrors.push(err188);
                      }
                      errors++;
                    }
                    if (!pattern8.test(data70)) {
                      const err189 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9.$()-]+$" }, message: 'must match pattern "^[a-z0-9.$()-]+$"' };
                      if (vErrors === null) {
                        vErrors = [err189];
                      } else {
                        vErrors.push(err189);
                      }
                      errors++;
                    }
                  } else {
                    const err190 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err190];
                    } else {
                      vErrors.push(err190);
                    }
                    errors++;
                  }
                }
              } else {
                const err191 = { instancePath: instancePath + "/spec/naming", schemaPath: "#/properties/spec/properties/naming/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err191];
                } else {
                  vErrors.push(err191);
                }
                errors++;
              }
            }
            if (data3.powerState !== void 0) {
              let data71 = data3.powerState;
              if (typeof data71 !== "string") {
                const err192 = { instancePath: instancePath + "/spec/powerState", schemaPath: "#/properties/spec/properties/powerState/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err192];
                } else {
                  vErrors.push(err192);
                }
                errors++;
              }
              if (!(data71 === "PoweredOn" || data71 === "PoweredOff")) {
                const err193 = { instancePath: instancePath + "/spec/powerState", schemaPath: "#/properties/spec/properties/powerState/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.powerState.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err193];
                } else {
                  vErrors.push(err193);
                }
                errors++;
              }
            }
            if (data3.powerOff !== void 0) {
              let data72 = data3.powerOff;
              if (data72 && typeof data72 == "object" && !Array.isArray(data72)) {
                for (const key21 in data72) {
                  if (!(key21 === "mode" || key21 === "timeoutSeconds")) {
                    const err194 = { instancePath: instancePath + "/spec/powerOff", schemaPath: "#/properties/spec/properties/powerOff/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err194];
                    } else {
                      vErrors.push(err194);
                    }
                    errors++;
                  }
                }
                if (data72.mode !== void 0) {
                  let data73 = data72.mode;
                  if (typeof data73 !== "string") {
                    const err195 = { instancePath: instancePath + "/spec/powerOff/mode", schemaPath: "#/properties/spec/properties/powerOff/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err195];
                    } else {
                      vErrors.push(err195);
                    }
                    errors++;
                  }
                  if (!(data73 === "Hard" || data73 === "Soft" || data73 === "TrySoft")) {
                    const err196 = { instancePath: instancePath + "/spec/powerOff/mode", schemaPath: "#/properties/spec/properties/powerOff/properties/mode/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.powerOff.properties.mode.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err196];
                    } else {
                      vErrors.push(err196);
                    }
                    errors++;
                  }
                }
                if (data72.timeoutSeconds !== void 0) {
                  let data74 = data72.timeoutSeconds;
                  if (!(typeof data74 == "number" && (!(data74 % 1) && !isNaN(data74)))) {
                    const err197 = { instancePath: instancePath + "/spec/powerOff/timeoutSeconds", schemaPath: "#/properties/spec/properties/powerOff/properties/timeoutSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err197];
                    } else {
                      vErrors.push(err197);
                    }
                    errors++;
                  }
                  if (typeof data74 == "number") {
                    if (data74 > 3600 || isNaN(data74)) {
                      const err198 = { instancePath: instancePath + "/spec/powerOff/timeoutSeconds", schemaPath: "#/properties/spec/properties/powerOff/properties/timeoutSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3600 }, message: "must be <= 3600" };
                      if (vErrors === null) {
                        vErrors = [err198];
                      } else {
                        vErrors.push(err198);
                      }
                      errors++;
                    }
                    if (data74 < 1 || isNaN(data74)) {
                      const err199 = { instancePath: instancePath + "/spec/powerOff/timeoutSeconds", schemaPath: "#/properties/spec/properties/powerOff/properties/timeoutSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
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
                const err200 = { instancePath: instancePath + "/spec/powerOff", schemaPath: "#/properties/spec/properties/powerOff/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err200];
                } else {
                  vErrors.push(err200);
                }
                errors++;
              }
            }
            if (data3.readiness !== void 0) {
              let data75 = data3.readiness;
              if (data75 && typeof data75 == "object" && !Array.isArray(data75)) {
                for (const key22 in data75) {
                  if (!(key22 === "type" || key22 === "network" || key22 === "guestInfo")) {
                    const err201 = { instancePath: instancePath + "/spec/readiness", schemaPath: "#/properties/spec/properties/readiness/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key22 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err201];
                    } else {
                      vErrors.push(err201);
                    }
                    errors++;
                  }
                }
                if (data75.type !== void 0) {
                  let data76 = data75.type;
                  if (typeof data76 !== "string") {
                    const err202 = { instancePath: instancePath + "/spec/readiness/type", schemaPath: "#/properties/spec/properties/readiness/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err202];
                    } else {
                      vErrors.push(err202);
                    }
                    errors++;
                  }
                  if (!(data76 === "PoweredOn" || data76 === "ToolsRunning" || data76 === "IPAddress")) {
                    const err203 = { instancePath: instancePath + "/spec/readiness/type", schemaPath: "#/properties/spec/properties/readiness/properties/type/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.readiness.properties.type.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err203];
                    } else {
                      vErrors.push(err203);
                    }
                    errors++;
                  }
                }
                if (data75.network !== void 0) {
                  let data77 = data75.network;
                  if (typeof data77 === "string") {
                    if (func3(data77) > 63) {
                      const err204 = { instancePath: instancePath + "/spec/readiness/network", schemaPath: "#/properties/spec/properties/readiness/properties/network/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                      if (vErrors === null) {
                        vErrors = [err204];
                      } else {
                        vErrors.push(err204);
                      }
                      errors++;
                    }
                    if (!pattern1.test(data77)) {
                      const err205 = { instancePath: instancePath + "/spec/readiness/network", schemaPath: "#/properties/spec/properties/readiness/properties/network/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                      if (vErrors === null) {
                        vErrors = [err205];
                      } else {
                        vErrors.push(err205);
                      }
                      errors++;
                    }
                  } else {
                    const err206 = { instancePath: instancePath + "/spec/readiness/network", schemaPath: "#/properties/spec/properties/readiness/properties/network/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err206];
                    } else {
                      vErrors.push(err206);
                    }
                    errors++;
                  }
                }
                if (data75.guestInfo !== void 0) {
                  let data78 = data75.guestInfo;
                  if (Array.isArray(data78)) {
                    if (data78.length > 8) {
                      const err207 = { instancePath: instancePath + "/spec/readiness/guestInfo", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/maxItems", keyword: "maxItems", params: { limit: 8 }, message: "must NOT have more than 8 items" };
                      if (vErrors === null) {
                        vErrors = [err207];
                      } else {
                        vErrors.push(err207);
                      }
                      errors++;
                    }
                    const len5 = data78.length;
                    for (let i5 = 0; i5 < len5; i5++) {
                      let data79 = data78[i5];
                      if (data79 && typeof data79 == "object" && !Array.isArray(data79)) {
                        if (data79.key === void 0) {
                          const err208 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5, schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                          if (vErrors === null) {
                            vErrors = [err208];
                          } else {
                            vErrors.push(err208);
                          }
                          errors++;
                        }
                        if (data79.value === void 0) {
                          const err209 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5, schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'" };
                          if (vErrors === null) {
                            vErrors = [err209];
                          } else {
                            vErrors.push(err209);
                          }
                          errors++;
                        }
                        for (const key23 in data79) {
                          if (!(key23 === "key" || key23 === "value")) {
                            const err210 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5, schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key23 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err210];
                            } else {
                              vErrors.push(err210);
                            }
                            errors++;
                          }
                        }
                        if (data79.key !== void 0) {
                          let data80 = data79.key;
                          if (typeof data80 === "string") {
                            if (func3(data80) > 128) {
                              const err211 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/key", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/key/maxLength", keyword: "maxLength", params: { limit: 128 }, message: "must NOT have more than 128 characters" };
                              if (vErrors === null) {
                                vErrors = [err211];
                              } else {
                                vErrors.push(err211);
                              }
                              errors++;
                            }
                            if (func3(data80) < 1) {
                              const err212 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/key", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                              if (vErrors === null) {
                                vErrors = [err212];
                              } else {
                                vErrors.push(err212);
                              }
                              errors++;
                            }
                            if (!pattern10.test(data80)) {
                              const err213 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/key", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/key/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_.-]+$" }, message: 'must match pattern "^[A-Za-z0-9_.-]+$"' };
                              if (vErrors === null) {
                                vErrors = [err213];
                              } else {
                                vErrors.push(err213);
                              }
                              errors++;
                            }
                          } else {
                            const err214 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/key", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err214];
                            } else {
                              vErrors.push(err214);
                            }
                            errors++;
                          }
                        }
                        if (data79.value !== void 0) {
                          let data81 = data79.value;
                          if (typeof data81 === "string") {
                            if (func3(data81) > 1024) {
                              const err215 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/value", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/value/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
                              if (vErrors === null) {
                                vErrors = [err215];
                              } else {
                                vErrors.push(err215);
                              }
                              errors++;
                            }
                            if (func3(data81) < 1) {
                              const err216 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/value", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/value/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                              if (vErrors === null) {
                                vErrors = [err216];
                              } else {
                                vErrors.push(err216);
                              }
                              errors++;
                            }
                          } else {
                            const err217 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5 + "/value", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err217];
                            } else {
                              vErrors.push(err217);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err218 = { instancePath: instancePath + "/spec/readiness/guestInfo/" + i5, schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err218];
                        } else {
                          vErrors.push(err218);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err219 = { instancePath: instancePath + "/spec/readiness/guestInfo", schemaPath: "#/properties/spec/properties/readiness/properties/guestInfo/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err219];
                    } else {
                      vErrors.push(err219);
                    }
                    errors++;
                  }
                }
              } else {
                const err220 = { instancePath: instancePath + "/spec/readiness", schemaPath: "#/properties/spec/properties/readiness/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err220];
                } else {
                  vErrors.push(err220);
                }
                errors++;
              }
            }
            if (data3.minReadySeconds !== void 0) {
              let data82 = data3.minReadySeconds;
              if (!(typeof data82 == "number" && (!(data82 % 1) && !isNaN(data82)))) {
                const err221 = { instancePath: instancePath + "/spec/minReadySeconds", schemaPath: "#/properties/spec/properties/minReadySeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err221];
                } else {
                  vErrors.push(err221);
                }
                errors++;
              }
              if (typeof data82 == "number") {
                if (data82 > 86400 || isNaN(data82)) {
                  const err222 = { instancePath: instancePath + "/spec/minReadySeconds", schemaPath: "#/properties/spec/properties/minReadySeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400" };
                  if (vErrors === null) {
                    vErrors = [err222];
                  } else {
                    vErrors.push(err222);
                  }
                  errors++;
                }
                if (data82 < 0 || isNaN(data82)) {
                  const err223 = { instancePath: instancePath + "/spec/minReadySeconds", schemaPath: "#/properties/spec/properties/minReadySeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err223];
                  } else {
                    vErrors.push(err223);
                  }
                  errors++;
                }
              }
            }
            if (data3.progressDeadlineSeconds !== void 0) {
              let data83 = data3.progressDeadlineSeconds;
              if (!(typeof data83 == "number" && (!(data83 % 1) && !isNaN(data83)))) {
                const err224 = { instancePath: instancePath + "/spec/progressDeadlineSeconds", schemaPath: "#/properties/spec/properties/progressDeadlineSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err224];
                } else {
                  vErrors.push(err224);
                }
                errors++;
              }
              if (typeof data83 == "number") {
                if (data83 > 172800 || isNaN(data83)) {
                  const err225 = { instancePath: instancePath + "/spec/progressDeadlineSeconds", schemaPath: "#/properties/spec/properties/progressDeadlineSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 172800 }, message: "must be <= 172800" };
                  if (vErrors === null) {
                    vErrors = [err225];
                  } else {
                    vErrors.push(err225);
                  }
                  errors++;
                }
                if (data83 < 1 || isNaN(data83)) {
                  const err226 = { instancePath: instancePath + "/spec/progressDeadlineSeconds", schemaPath: "#/properties/spec/properties/progressDeadlineSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err226];
                  } else {
                    vErrors.push(err226);
                  }
                  errors++;
                }
              }
            }
            if (data3.updateStrategy !== void 0) {
              let data84 = data3.updateStrategy;
              if (data84 && typeof data84 == "object" && !Array.isArray(data84)) {
                for (const key24 in data84) {
                  if (!(key24 === "type" || key24 === "rollingUpdate" || key24 === "resizePolicy" || key24 === "restartToken")) {
                    const err227 = { instancePath: instancePath + "/spec/updateStrategy", schemaPath: "#/properties/spec/properties/updateStrategy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key24 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err227];
                    } else {
                      vErrors.push(err227);
                    }
                    errors++;
                  }
                }
                if (data84.type !== void 0) {
                  let data85 = data84.type;
                  if (typeof data85 !== "string") {
                    const err228 = { instancePath: instancePath + "/spec/updateStrategy/type", schemaPath: "#/properties/spec/properties/updateStrategy/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err228];
                    } else {
                      vErrors.push(err228);
                    }
                    errors++;
                  }
                  if (!(data85 === "RollingUpdate" || data85 === "OnDelete")) {
                    const err229 = { instancePath: instancePath + "/spec/updateStrategy/type", schemaPath: "#/properties/spec/properties/updateStrategy/properties/type/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.updateStrategy.properties.type.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err229];
                    } else {
                      vErrors.push(err229);
                    }
                    errors++;
                  }
                }
                if (data84.rollingUpdate !== void 0) {
                  let data86 = data84.rollingUpdate;
                  if (data86 && typeof data86 == "object" && !Array.isArray(data86)) {
                    for (const key25 in data86) {
                      if (!(key25 === "maxSurge" || key25 === "maxUnavailable")) {
                        const err230 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key25 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err230];
                        } else {
                          vErrors.push(err230);
                        }
                        errors++;
                      }
                    }
                    if (data86.maxSurge !== void 0) {
                      let data87 = data86.maxSurge;
                      if (!(typeof data87 == "number" && (!(data87 % 1) && !isNaN(data87))) && typeof data87 !== "string") {
                        const err231 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/type", keyword: "type", params: { type: schema11.properties.spec.properties.updateStrategy.properties.rollingUpdate.properties.maxSurge.type }, message: "must be integer,string" };
                        if (vErrors === null) {
                          vErrors = [err231];
                        } else {
                          vErrors.push(err231);
                        }
                        errors++;
                      }
                      if (typeof data87 == "number") {
                        if (data87 > 500 || isNaN(data87)) {
                          const err232 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                          if (vErrors === null) {
                            vErrors = [err232];
                          } else {
                            vErrors.push(err232);
                          }
                          errors++;
                        }
                        if (data87 < 0 || isNaN(data87)) {
                          const err233 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err233];
                          } else {
                            vErrors.push(err233);
                          }
                          errors++;
                        }
                      }
                      if (typeof data87 === "string") {
                        if (func3(data87) > 4) {
                          const err234 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/maxLength", keyword: "maxLength", params: { limit: 4 }, message: "must NOT have more than 4 characters" };
                          if (vErrors === null) {
                            vErrors = [err234];
                          } else {
                            vErrors.push(err234);
                          }
                          errors++;
                        }
                        if (!pattern11.test(data87)) {
                          const err235 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/pattern", keyword: "pattern", params: { pattern: "^(100|[1-9]?[0-9])%$" }, message: 'must match pattern "^(100|[1-9]?[0-9])%$"' };
                          if (vErrors === null) {
                            vErrors = [err235];
                          } else {
                            vErrors.push(err235);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data86.maxUnavailable !== void 0) {
                      let data88 = data86.maxUnavailable;
                      if (!(typeof data88 == "number" && (!(data88 % 1) && !isNaN(data88))) && typeof data88 !== "string") {
                        const err236 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/type", keyword: "type", params: { type: schema11.properties.spec.properties.updateStrategy.properties.rollingUpdate.properties.maxUnavailable.type }, message: "must be integer,string" };
                        if (vErrors === null) {
                          vErrors = [err236];
                        } else {
                          vErrors.push(err236);
                        }
                        errors++;
                      }
                      if (typeof data88 == "number") {
                        if (data88 > 500 || isNaN(data88)) {
                          const err237 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                          if (vErrors === null) {
                            vErrors = [err237];
                          } else {
                            vErrors.push(err237);
                          }
                          errors++;
                        }
                        if (data88 < 0 || isNaN(data88)) {
                          const err238 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err238];
                          } else {
                            vErrors.push(err238);
                          }
                          errors++;
                        }
                      }
                      if (typeof data88 === "string") {
                        if (func3(data88) > 4) {
                          const err239 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/maxLength", keyword: "maxLength", params: { limit: 4 }, message: "must NOT have more than 4 characters" };
                          if (vErrors === null) {
                            vErrors = [err239];
                          } else {
                            vErrors.push(err239);
                          }
                          errors++;
                        }
                        if (!pattern11.test(data88)) {
                          const err240 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/pattern", keyword: "pattern", params: { pattern: "^(100|[1-9]?[0-9])%$" }, message: 'must match pattern "^(100|[1-9]?[0-9])%$"' };
                          if (vErrors === null) {
                            vErrors = [err240];
                          } else {
                            vErrors.push(err240);
                          }
                          errors++;
                        }
                      }
                    }
                  } else {
                    const err241 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err241];
                    } else {
                      vErrors.push(err241);
                    }
                    errors++;
                  }
                }
                if (data84.resizePolicy !== void 0) {
                  let data89 = data84.resizePolicy;
                  if (typeof data89 !== "string") {
                    const err242 = { instancePath: instancePath + "/spec/updateStrategy/resizePolicy", schemaPath: "#/properties/spec/properties/updateStrategy/properties/resizePolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err242];
                    } else {
                      vErrors.push(err242);
                    }
                    errors++;
                  }
                  if (!(data89 === "HotAddOnly" || data89 === "PowerCycle" || data89 === "Replace")) {
                    const err243 = { instancePath: instancePath + "/spec/updateStrategy/resizePolicy", schemaPath: "#/properties/spec/properties/updateStrategy/properties/resizePolicy/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.updateStrategy.properties.resizePolicy.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err243];
                    } else {
                      vErrors.push(err243);
                    }
                    errors++;
                  }
                }
                if (data84.restartToken !== void 0) {
                  let data90 = data84.restartToken;
                  if (typeof data90 === "string") {
                    if (func3(data90) > 64) {
                      const err244 = { instancePath: instancePath + "/spec/updateStrategy/restartToken", schemaPath: "#/properties/spec/properties/updateStrategy/properties/restartToken/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
                      if (vErrors === null) {
                        vErrors = [err244];
                      } else {
                        vErrors.push(err244);
                      }
                      errors++;
                    }
                    if (func3(data90) < 1) {
                      const err245 = { instancePath: instancePath + "/spec/updateStrategy/restartToken", schemaPath: "#/properties/spec/properties/updateStrategy/properties/restartToken/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err245];
                      } else {
                        vErrors.push(err245);
                      }
                      errors++;
                    }
                  } else {
                    const err246 = { instancePath: instancePath + "/spec/updateStrategy/restartToken", schemaPath: "#/properties/spec/properties/updateStrategy/properties/restartToken/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err246];
                    } else {
                      vErrors.push(err246);
                    }
                    errors++;
                  }
                }
              } else {
                const err247 = { instancePath: instancePath + "/spec/updateStrategy", schemaPath: "#/properties/spec/properties/updateStrategy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err247];
                } else {
                  vErrors.push(err247);
                }
                errors++;
              }
            }
            if (data3.extraConfig !== void 0) {
              let data91 = data3.extraConfig;
              if (Array.isArray(data91)) {
                if (data91.length > 32) {
                  const err248 = { instancePath: instancePath + "/spec/extraConfig", schemaPath: "#/properties/spec/properties/extraConfig/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err248];
                  } else {
                    vErrors.push(err248);
                  }
                  errors++;
                }
                const len6 = data91.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data92 = data91[i6];
                  if (data92 && typeof data92 == "object" && !Array.isArray(data92)) {
                    if (data92.key === void 0) {
                      const err249 = { instancePath: instancePath + "/spec/extraConfig/" + i6, schemaPath: "#/properties/spec/properties/extraConfig/items/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                      if (vErrors === null) {
                        vErrors = [err249];
                      } else {
                        vErrors.push(err249);
                      }
                      errors++;
                    }
                    if (data92.value === void 0) {
                      const err250 = { instancePath: instancePath + "/spec/extraConfig/" + i6, schemaPath: "#/properties/spec/properties/extraConfig/items/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'" };
                      if (vErrors === null) {
                        vErrors = [err250];
                      } else {
                        vErrors.push(err250);
                      }
                      errors++;
                    }
                    for (const key26 in data92) {
                      if (!(key26 === "key" || key26 === "value")) {
                        const err251 = { instancePath: instancePath + "/spec/extraConfig/" + i6, schemaPath: "#/properties/spec/properties/extraConfig/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key26 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err251];
                        } else {
                          vErrors.push(err251);
                        }
                        errors++;
                      }
                    }
                    if (data92.key !== void 0) {
                      let data93 = data92.key;
                      if (typeof data93 === "string") {
                        if (func3(data93) > 128) {
                          const err252 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/maxLength", keyword: "maxLength", params: { limit: 128 }, message: "must NOT have more than 128 characters" };
                          if (vErrors === null) {
                            vErrors = [err252];
                          } else {
                            vErrors.push(err252);
                          }
                          errors++;
                        }
                        if (func3(data93) < 1) {
                          const err253 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err253];
                          } else {
                            vErrors.push(err253);
                          }
                          errors++;
                        }
                        if (!pattern10.test(data93)) {
                          const err254 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_.-]+$" }, message: 'must match pattern "^[A-Za-z0-9_.-]+$"' };
                          if (vErrors === null) {
                            vErrors = [err254];
                          } else {
                            vErrors.push(err254);
                          }
                          errors++;
                        }
                      } else {
                        const err255 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err255];
                        } else {
                          vErrors.push(err255);
                        }
                        errors++;
                      }
                    }
                    if (data92.value !== void 0) {
                      let data94 = data92.value;
                      if (typeof data94 === "string") {
                        if (func3(data94) > 1024) {
                          const err256 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/value", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/value/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
                          if (vErrors === null) {
                            vErrors = [err256];
                          } else {
                            vErrors.push(err256);
                          }
                          errors++;
                        }
                        if (func3(data94) < 1) {
                          const err257 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/value", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/value/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err257];
                          } else {
                            vErrors.push(err257);
                          }
                          errors++;
                        }
                      } else {
                        const err258 = { instancePath: instancePath + "/spec/extraConfig/" + i6 + "/value", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err258];
                        } else {
                          vErrors.push(err258);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err259 = { instancePath: instancePath + "/spec/extraConfig/" + i6, schemaPath: "#/properties/spec/properties/extraConfig/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err259];
                    } else {
                      vErrors.push(err259);
                    }
                    errors++;
                  }
                }
              } else {
                const err260 = { instancePath: instancePath + "/spec/extraConfig", schemaPath: "#/properties/spec/properties/extraConfig/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err260];
                } else {
                  vErrors.push(err260);
                }
                errors++;
              }
            }
            if (data3.customAttributes !== void 0) {
              let data95 = data3.customAttributes;
              if (Array.isArray(data95)) {
                if (data95.length > 32) {
                  const err261 = { instancePath: instancePath + "/spec/customAttributes", schemaPath: "#/properties/spec/properties/customAttributes/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err261];
                  } else {
                    vErrors.push(err261);
                  }
                  errors++;
                }
                const len7 = data95.length;
                for (let i7 = 0; i7 < len7; i7++) {
                  let data96 = data95[i7];
                  if (data96 && typeof data96 == "object" && !Array.isArray(data96)) {
                    if (data96.name === void 0) {
                      const err262 = { instancePath: instancePath + "/spec/customAttributes/" + i7, schemaPath: "#/properties/spec/properties/customAttributes/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err262];
                      } else {
                        vErrors.push(err262);
                      }
                      errors++;
                    }
                    if (data96.value === void 0) {
                      const err263 = { instancePath: instancePath + "/spec/customAttributes/" + i7, schemaPath: "#/properties/spec/properties/customAttributes/items/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'" };
                      if (vErrors === null) {
                        vErrors = [err263];
                      } else {
                        vErrors.push(err263);
                      }
                      errors++;
                    }
                    for (const key27 in data96) {
                      if (!(key27 === "name" || key27 === "value")) {
                        const err264 = { instancePath: instancePath + "/spec/customAttributes/" + i7, schemaPath: "#/properties/spec/properties/customAttributes/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key27 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err264];
                        } else {
                          vErrors.push(err264);
                        }
                        errors++;
                      }
                    }
                    if (data96.name !== void 0) {
                      let data97 = data96.name;
                      if (typeof data97 === "string") {
                        if (func3(data97) > 80) {
                          const err265 = { instancePath: instancePath + "/spec/customAttributes/" + i7 + "/name", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 80 }, message: "must NOT have more than 80 characters" };
                          if (vErrors === null) {
                            vErrors = [err265];
                          } else {
                            vErrors.push(err265);
                          }
                          errors++;
                        }
                        if (func3(data97) < 1) {
                          const err266 = { instancePath: instancePath + "/spec/customAttributes/" + i7 + "/name", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err266];
                          } else {
                            vErrors.push(err266);
                          }
                          errors++;
                        }
                      } else {
                        const err267 = { instancePath: instancePath + "/spec/customAttributes/" + i7 + "/name", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err267];
                        } else {
                          vErrors.push(err267);
                        }
                        errors++;
                      }
                    }
                    if (data96.value !== void 0) {
                      let data98 = data96.value;
                      if (typeof data98 === "string") {
                        if (func3(data98) > 1024) {
                          const err268 = { instancePath: instancePath + "/spec/customAttributes/" + i7 + "/value", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/value/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
                          if (vErrors === null) {
                            vErrors = [err268];
                          } else {
                            vErrors.push(err268);
                          }
                          errors++;
                        }
                        if (func3(data98) < 1) {
                          const err269 = { instancePath: instancePath + "/spec/customAttributes/" + i7 + "/value", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/value/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err269];
                          } else {
                            vErrors.push(err269);
                          }
                          errors++;
                        }
                      } else {
                        const err270 = { instancePath: instancePath + "/spec/customAttributes/" + i7 + "/value", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err270];
                        } else {
                          vErrors.push(err270);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err271 = { instancePath: instancePath + "/spec/customAttributes/" + i7, schemaPath: "#/properties/spec/properties/customAttributes/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err271];
                    } else {
                      vErrors.push(err271);
                    }
                    errors++;
                  }
                }
              } else {
                const err272 = { instancePath: instancePath + "/spec/customAttributes", schemaPath: "#/properties/spec/properties/customAttributes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err272];
                } else {
                  vErrors.push(err272);
                }
                errors++;
              }
            }
            if (data3.tags !== void 0) {
              let data99 = data3.tags;
              if (Array.isArray(data99)) {
                if (data99.length > 32) {
                  const err273 = { instancePath: instancePath + "/spec/tags", schemaPath: "#/properties/spec/properties/tags/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err273];
                  } else {
                    vErrors.push(err273);
                  }
                  errors++;
                }
                const len8 = data99.length;
                for (let i8 = 0; i8 < len8; i8++) {
                  let data100 = data99[i8];
                  if (data100 && typeof data100 == "object" && !Array.isArray(data100)) {
                    if (data100.category === void 0) {
                      const err274 = { instancePath: instancePath + "/spec/tags/" + i8, schemaPath: "#/properties/spec/properties/tags/items/required", keyword: "required", params: { missingProperty: "category" }, message: "must have required property 'category'" };
                      if (vErrors === null) {
                        vErrors = [err274];
                      } else {
                        vErrors.push(err274);
                      }
                      errors++;
                    }
                    if (data100.name === void 0) {
                      const err275 = { instancePath: instancePath + "/spec/tags/" + i8, schemaPath: "#/properties/spec/properties/tags/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err275];
                      } else {
                        vErrors.push(err275);
                      }
                      errors++;
                    }
                    for (const key28 in data100) {
                      if (!(key28 === "category" || key28 === "name")) {
                        const err276 = { instancePath: instancePath + "/spec/tags/" + i8, schemaPath: "#/properties/spec/properties/tags/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key28 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err276];
                        } else {
                          vErrors.push(err276);
                        }
                        errors++;
                      }
                    }
                    if (data100.category !== void 0) {
                      let data101 = data100.category;
                      if (typeof data101 === "string") {
                        if (func3(data101) > 255) {
                          const err277 = { instancePath: instancePath + "/spec/tags/" + i8 + "/category", schemaPath: "#/properties/spec/properties/tags/items/properties/category/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                          if (vErrors === null) {
                            vErrors = [err277];
                          } else {
                            vErrors.push(err277);
                          }
                          errors++;
                        }
                        if (func3(data101) < 1) {
                          const err278 = { instancePath: instancePath + "/spec/tags/" + i8 + "/category", schemaPath: "#/properties/spec/properties/tags/items/properties/category/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err278];
                          } else {
                            vErrors.push(err278);
                          }
                          errors++;
                        }
                      } else {
                        const err279 = { instancePath: instancePath + "/spec/tags/" + i8 + "/category", schemaPath: "#/properties/spec/properties/tags/items/properties/category/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err279];
                        } else {
                          vErrors.push(err279);
                        }
                        errors++;
                      }
                    }
                    if (data100.name !== void 0) {
                      let data102 = data100.name;
                      if (typeof data102 === "string") {
                        if (func3(data102) > 255) {
                          const err280 = { instancePath: instancePath + "/spec/tags/" + i8 + "/name", schemaPath: "#/properties/spec/properties/tags/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                          if (vErrors === null) {
                            vErrors = [err280];
                          } else {
                            vErrors.push(err280);
                          }
                          errors++;
                        }
                        if (func3(data102) < 1) {
                          const err281 = { instancePath: instancePath + "/spec/tags/" + i8 + "/name", schemaPath: "#/properties/spec/properties/tags/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err281];
                          } else {
                            vErrors.push(err281);
                          }
                          errors++;
                        }
                      } else {
                        const err282 = { instancePath: instancePath + "/spec/tags/" + i8 + "/name", schemaPath: "#/properties/spec/properties/tags/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err282];
                        } else {
                          vErrors.push(err282);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err283 = { instancePath: instancePath + "/spec/tags/" + i8, schemaPath: "#/properties/spec/properties/tags/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err283];
                    } else {
                      vErrors.push(err283);
                    }
                    errors++;
                  }
                }
              } else {
                const err284 = { instancePath: instancePath + "/spec/tags", schemaPath: "#/properties/spec/properties/tags/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err284];
                } else {
                  vErrors.push(err284);
                }
                errors++;
              }
            }
            if (data3.retire !== void 0) {
              let data103 = data3.retire;
              if (Array.isArray(data103)) {
                if (data103.length > 64) {
                  const err285 = { instancePath: instancePath + "/spec/retire", schemaPath: "#/properties/spec/properties/retire/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                  if (vErrors === null) {
                    vErrors = [err285];
                  } else {
                    vErrors.push(err285);
                  }
                  errors++;
                }
                const len9 = data103.length;
                for (let i9 = 0; i9 < len9; i9++) {
                  let data104 = data103[i9];
                  if (typeof data104 === "string") {
                    if (func3(data104) > 64) {
                      const err286 = { instancePath: instancePath + "/spec/retire/" + i9, schemaPath: "#/properties/spec/properties/retire/items/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
                      if (vErrors === null) {
                        vErrors = [err286];
                      } else {
                        vErrors.push(err286);
                      }
                      errors++;
                    }
                    if (!pattern14.test(data104)) {
                      const err287 = { instancePath: instancePath + "/spec/retire/" + i9, schemaPath: "#/properties/spec/properties/retire/items/pattern", keyword: "pattern", params: { pattern: "^vm-[0-9]+$" }, message: 'must match pattern "^vm-[0-9]+$"' };
                      if (vErrors === null) {
                        vErrors = [err287];
                      } else {
                        vErrors.push(err287);
                      }
                      errors++;
                    }
                  } else {
                    const err288 = { instancePath: instancePath + "/spec/retire/" + i9, schemaPath: "#/properties/spec/properties/retire/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err288];
                    } else {
                      vErrors.push(err288);
                    }
                    errors++;
                  }
                }
              } else {
                const err289 = { instancePath: instancePath + "/spec/retire", schemaPath: "#/properties/spec/properties/retire/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err289];
                } else {
                  vErrors.push(err289);
                }
                errors++;
              }
            }
            if (data3.adopt !== void 0) {
              let data105 = data3.adopt;
              if (data105 && typeof data105 == "object" && !Array.isArray(data105)) {
                for (const key29 in data105) {
                  if (!(key29 === "machines" || key29 === "folder")) {
                    const err290 = { instancePath: instancePath + "/spec/adopt", schemaPath: "#/properties/spec/properties/adopt/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key29 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err290];
                    } else {
                      vErrors.push(err290);
                    }
                    errors++;
                  }
                }
                if (data105.machines !== void 0) {
                  let data106 = data105.machines;
                  if (Array.isArray(data106)) {
                    if (data106.length > 500) {
                      const err291 = { instancePath: instancePath + "/spec/adopt/machines", schemaPath: "#/properties/spec/properties/adopt/properties/machines/maxItems", keyword: "maxItems", params: { limit: 500 }, message: "must NOT have more than 500 items" };
                      if (vErrors === null) {
                        vErrors = [err291];
                      } else {
                        vErrors.push(err291);
                      }
                      errors++;
                    }
                    const len10 = data106.length;
                    for (let i10 = 0; i10 < len10; i10++) {
                      let data107 = data106[i10];
                      if (typeof data107 === "string") {
                        if (func3(data107) > 2048) {
                          const err292 = { instancePath: instancePath + "/spec/adopt/machines/" + i10, schemaPath: "#/properties/spec/properties/adopt/properties/machines/items/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err292];
                          } else {
                            vErrors.push(err292);
                          }
                          errors++;
                        }
                        if (func3(data107) < 1) {
                          const err293 = { instancePath: instancePath + "/spec/adopt/machines/" + i10, schemaPath: "#/properties/spec/properties/adopt/properties/machines/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err293];
                          } else {
                            vErrors.push(err293);
                          }
                          errors++;
                        }
                      } else {
                        const err294 = { instancePath: instancePath + "/spec/adopt/machines/" + i10, schemaPath: "#/properties/spec/properties/adopt/properties/machines/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err294];
                        } else {
                          vErrors.push(err294);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err295 = { instancePath: instancePath + "/spec/adopt/machines", schemaPath: "#/properties/spec/properties/adopt/properties/machines/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err295];
                    } else {
                      vErrors.push(err295);
                    }
                    errors++;
                  }
                }
                if (data105.folder !== void 0) {
                  let data108 = data105.folder;
                  if (typeof data108 === "string") {
                    if (func3(data108) > 2048) {
                      const err296 = { instancePath: instancePath + "/spec/adopt/folder", schemaPath: "#/properties/spec/properties/adopt/properties/folder/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err296];
                      } else {
                        vErrors.push(err296);
                      }
                      errors++;
                    }
                    if (func3(data108) < 1) {
                      const err297 = { instancePath: instancePath + "/spec/adopt/folder", schemaPath: "#/properties/spec/properties/adopt/properties/folder/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err297];
                      } else {
                        vErrors.push(err297);
                      }
                      errors++;
                    }
                  } else {
                    const err298 = { instancePath: instancePath + "/spec/adopt/folder", schemaPath: "#/properties/spec/properties/adopt/properties/folder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err298];
                    } else {
                      vErrors.push(err298);
                    }
                    errors++;
                  }
                }
              } else {
                const err299 = { instancePath: instancePath + "/spec/adopt", schemaPath: "#/properties/spec/properties/adopt/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err299];
                } else {
                  vErrors.push(err299);
                }
                errors++;
              }
            }
            if (data3.scaleDown !== void 0) {
              let data109 = data3.scaleDown;
              if (data109 && typeof data109 == "object" && !Array.isArray(data109)) {
                for (const key30 in data109) {
                  if (!(key30 === "order")) {
                    const err300 = { instancePath: instancePath + "/spec/scaleDown", schemaPath: "#/properties/spec/properties/scaleDown/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key30 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err300];
                    } else {
                      vErrors.push(err300);
                    }
                    errors++;
                  }
                }
                if (data109.order !== void 0) {
                  let data110 = data109.order;
                  if (typeof data110 !== "string") {
                    const err301 = { instancePath: instancePath + "/spec/scaleDown/order", schemaPath: "#/properties/spec/properties/scaleDown/properties/order/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err301];
                    } else {
                      vErrors.push(err301);
                    }
                    errors++;
                  }
                  if (!(data110 === "Newest" || data110 === "Oldest" || data110 === "HighestOrdinal")) {
                    const err302 = { instancePath: instancePath + "/spec/scaleDown/order", schemaPath: "#/properties/spec/properties/scaleDown/properties/order/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.scaleDown.properties.order.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err302];
                    } else {
                      vErrors.push(err302);
                    }
                    errors++;
                  }
                }
              } else {
                const err303 = { instancePath: instancePath + "/spec/scaleDown", schemaPath: "#/properties/spec/properties/scaleDown/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err303];
                } else {
                  vErrors.push(err303);
                }
                errors++;
              }
            }
            if (data3.deletionPolicy !== void 0) {
              let data111 = data3.deletionPolicy;
              if (typeof data111 !== "string") {
                const err304 = { instancePath: instancePath + "/spec/deletionPolicy", schemaPath: "#/properties/spec/properties/deletionPolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err304];
                } else {
                  vErrors.push(err304);
                }
                errors++;
              }
              if (!(data111 === "Delete" || data111 === "Orphan")) {
                const err305 = { instancePath: instancePath + "/spec/deletionPolicy", schemaPath: "#/properties/spec/properties/deletionPolicy/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.deletionPolicy.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err305];
                } else {
                  vErrors.push(err305);
                }
                errors++;
              }
            }
            if (data3.paused !== void 0) {
              if (typeof data3.paused !== "boolean") {
                const err306 = { instancePath: instancePath + "/spec/paused", schemaPath: "#/properties/spec/properties/paused/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                if (vErrors === null) {
                  vErrors = [err306];
                } else {
                  vErrors.push(err306);
                }
                errors++;
              }
            }
          } else {
            const err307 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err307];
            } else {
              vErrors.push(err307);
            }
            errors++;
          }
        }
      } else {
        const err308 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err308];
        } else {
          vErrors.push(err308);
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

/** Checks a value against the schema of VmGroup. Returns all violations; an empty list means that the value is valid. */
export function violationsOfVmGroup(value: unknown): readonly SchemaViolation[] {
  return checks(value) ? [] : checks.errors;
}

/** Whether a value is valid by the schema of VmGroup. */
export function isVmGroup(value: unknown): value is VmGroup {
  return checks(value);
}
