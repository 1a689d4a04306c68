OPENQASM 2.0;
include "qelib1.inc";
// Finds |101> among eight with two rounds: 94.5 % instead of 12.5 %.
qreg q[3];
creg c[3];
gate oracle a,b,t { x b; h t; ccx a,b,t; h t; x b; }
gate diffuse a,b,t { h a; h b; h t; x a; x b; x t; h t; ccx a,b,t; h t; x a; x b; x t; h a; h b; h t; }
h q;
oracle q[0],q[1],q[2];
diffuse q[0],q[1],q[2];
oracle q[0],q[1],q[2];
diffuse q[0],q[1],q[2];
measure q -> c;
